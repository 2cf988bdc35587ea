//! Printing conditions as ICC profiles (ISO 15076-1).

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use moxcms::{
    ColorProfile, DataColorSpace, Layout, ProfileClass, ProfileText, RenderingIntent,
    Transform8BitExecutor, TransformOptions,
};

/// From three bytes of a colour to the bytes of another.
pub(super) type Transform = Arc<Transform8BitExecutor>;

/// The characterised printing condition of a press.
#[derive(Clone)]
pub struct Profile {
    /// The file, as it is embedded.
    bytes: Cow<'static, [u8]>,
    /// What the profile calls itself.
    name: String,
    icc: ColorProfile,
    /// From sRGB to this press, perceptually.
    inks: Transform,
}

/// Why a file is no profile of a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileError {
    /// It is not an ICC profile, or a damaged one.
    Unreadable,
    /// It describes something else than an output device (class `prtr`).
    NotAPress,
    /// It does not describe the four process inks.
    NotCmyk,
    /// It has no tables to separate colours into inks and to see what they give.
    NoTables,
}

impl ProfileError {
    /// What is wrong, in Chinese.
    pub fn message(self) -> &'static str {
        match self {
            Self::Unreadable => "不是 ICC 文件，或文件已经损坏",
            Self::NotAPress => "描述的不是印刷机（类别不是 prtr）",
            Self::NotCmyk => "不是 CMYK 四色的",
            Self::NoTables => "缺少分色用的表（A2B 或 B2A）",
        }
    }
}

/// ISO Coated v2 300 %, made by basICColor (FOGRA39), which travels in the
/// program; templates/press/README.md has its licence.
static BUNDLED: LazyLock<Result<Profile, ProfileError>> = LazyLock::new(|| {
    let bytes = include_bytes!("../../templates/press/ISOcoated_v2_300_bas.icc");
    Profile::read(Cow::Borrowed(bytes))
});

impl Profile {
    /// The printing condition that the bundled profile is of.
    pub const BUNDLED_CONDITION: &'static str = crate::edition::Press::USUAL_CONDITION;

    /// Reads a profile and checks that it is one of a four-colour press.
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Self, ProfileError> {
        let icc =
            ColorProfile::new_from_slice(&bytes).map_err(|_| ProfileError::Unreadable)?;
        if icc.profile_class != ProfileClass::OutputDevice {
            return Err(ProfileError::NotAPress);
        }
        if icc.color_space != DataColorSpace::Cmyk {
            return Err(ProfileError::NotCmyk);
        }
        let has_tables =
            icc.lut_a_to_b_perceptual.is_some() && icc.lut_b_to_a_perceptual.is_some();
        if !has_tables {
            return Err(ProfileError::NoTables);
        }
        let inks = to_press(&ColorProfile::new_srgb(), &icc)?;
        let name = icc.description.as_ref().map(text).unwrap_or_default();
        Ok(Self { bytes, name, icc, inks })
    }

    /// The profile that travels in the program.
    pub fn bundled() -> Result<&'static Self, ProfileError> {
        BUNDLED.as_ref().map_err(|error| *error)
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the profile calls itself; may be empty.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// From sRGB to this press.
    pub(super) fn inks(&self) -> &Transform {
        &self.inks
    }

    /// From the colours of another RGB profile to this press; `None` when that
    /// profile means sRGB, or means nothing.
    pub(super) fn inks_from(&self, profile: &[u8]) -> Option<Transform> {
        let icc = ColorProfile::new_from_slice(profile).ok()?;
        if icc.color_space != DataColorSpace::Rgb || means_srgb(&icc) {
            return None;
        }
        to_press(&icc, &self.icc).ok()
    }
}

fn to_press(
    from: &ColorProfile,
    press: &ColorProfile,
) -> Result<Transform, ProfileError> {
    // Perceptual, as photographs and drawings are printed; the report of the
    // differences to littleCMS is a test in color/.
    let options = TransformOptions {
        rendering_intent: RenderingIntent::Perceptual,
        ..TransformOptions::default()
    };
    from.create_transform_8bit(Layout::Rgb, press, Layout::Rgba, options)
        .map_err(|_| ProfileError::NoTables)
}

/// Whether colours of this profile look the same when they are taken as sRGB.
fn means_srgb(icc: &ColorProfile) -> bool {
    const NEAR: u8 = 2;
    let probes: Vec<u8> = (0_u16..=255)
        .step_by(51)
        .flat_map(|value| {
            let value = u8::try_from(value).unwrap_or(u8::MAX);
            [value, 128, 64, 30, value, 200, 90, 10, value, value, value, value]
        })
        .collect();
    let srgb = ColorProfile::new_srgb();
    let transform = icc.create_transform_8bit(
        Layout::Rgb,
        &srgb,
        Layout::Rgb,
        TransformOptions::default(),
    );
    let mut seen = vec![0; probes.len()];
    let Ok(transform) = transform else { return true };
    transform.transform(&probes, &mut seen).is_ok()
        && probes.iter().zip(&seen).all(|(a, b)| a.abs_diff(*b) <= NEAR)
}

fn text(text: &ProfileText) -> String {
    match text {
        ProfileText::PlainString(text) => text.clone(),
        ProfileText::Localizable(texts) => {
            let english = texts.iter().find(|text| text.language == "en");
            let chosen = english.or(texts.first());
            chosen.map(|text| text.value.clone()).unwrap_or_default()
        }
        ProfileText::Description(text) => text.ascii_string.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_profile_is_a_press() {
        let profile = Profile::bundled().unwrap();
        assert_eq!(profile.name(), "ISO Coated v2 300% (basICColor)");
        let mut ink = [0; 4];
        profile.inks().transform(&[255, 255, 255], &mut ink).unwrap();
        assert_eq!(ink, [0; 4]);
    }

    #[test]
    fn other_files_are_refused() {
        let refused = |bytes: Vec<u8>| Profile::read(bytes.into()).err();
        assert_eq!(refused(b"no profile".to_vec()), Some(ProfileError::Unreadable));
        let srgb = ColorProfile::new_srgb().encode().unwrap();
        assert_eq!(refused(srgb), Some(ProfileError::NotAPress));
        let whole = Profile::bundled().unwrap().bytes();
        for length in [0, 100, 128, 140, 1000, whole.len() / 2] {
            assert!(Profile::read(whole[..length].to_vec().into()).is_err());
        }
    }

    #[test]
    fn srgb_is_recognised_by_what_it_does() {
        let profile = Profile::bundled().unwrap();
        let encoded = |icc: ColorProfile| icc.encode().unwrap();
        assert!(profile.inks_from(&encoded(ColorProfile::new_srgb())).is_none());
        assert!(profile.inks_from(&encoded(ColorProfile::new_adobe_rgb())).is_some());
        assert!(profile.inks_from(b"no profile").is_none());
    }
}

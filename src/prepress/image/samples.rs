//! The samples of an image, a byte a component, row by row without padding.

use lopdf::{Document, Stream};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::prepress::color::{Space, bits_at};
use crate::prepress::values;

/// The pixels of an image in its own colour space, as bytes: 0 is the lower end
/// of a component, 255 the upper one.
pub(super) struct Samples {
    pub(super) width: usize,
    pub(super) height: usize,
    /// As many a pixel as the space has components.
    pub(super) bytes: Vec<u8>,
    /// Whether they come from a JPEG.
    pub(super) lossy: bool,
}

/// What the image's dictionary says about its samples.
struct Layout {
    width: usize,
    height: usize,
    components: usize,
    bits: usize,
    /// From and to of each component, as shares of its whole range; none where
    /// that is from 0 to 1.
    decode: Vec<[f32; 2]>,
    indexed: bool,
}

impl Samples {
    /// Unfolds an image; `None` when it is damaged, larger than is bearable, or
    /// in a format that is not understood (JPEG 2000, fax and such).
    pub(super) fn read(
        document: &Document,
        stream: &Stream,
        space: &Space,
    ) -> Option<Self> {
        let layout = Layout::read(document, stream, space)?;
        let filters = stream.filters().unwrap_or_default();
        if let [b"DCTDecode" | b"DCT"] = filters.as_slice() {
            return layout.jpeg(&stream.content);
        }
        let understood = |filter: &&[u8]| {
            matches!(
                *filter,
                b"FlateDecode"
                    | b"LZWDecode"
                    | b"ASCIIHexDecode"
                    | b"ASCII85Decode"
                    | b"RunLengthDecode"
            )
        };
        if !filters.iter().all(understood) {
            return None;
        }
        layout.plain(&values::unfolded(stream)?)
    }
}

impl Layout {
    fn read(document: &Document, stream: &Stream, space: &Space) -> Option<Self> {
        let size = |key: &[u8]| {
            let size = values::integer_at(document, &stream.dict, key)?;
            usize::try_from(size).ok().filter(|size| (1..=65_535).contains(size))
        };
        let (width, height) = (size(b"Width")?, size(b"Height")?);
        let components = space.components();
        let bits = size(b"BitsPerComponent").unwrap_or(8);
        let bytes = width.checked_mul(height)?.checked_mul(components)?;
        if components == 0
            || !matches!(bits, 1 | 2 | 4 | 8 | 16)
            || bytes > values::LARGEST_STREAM
        {
            return None;
        }
        let indexed = matches!(space, Space::Indexed(_));
        let decode = values::numbers_at(document, &stream.dict, b"Decode");
        let mut decode: Vec<[f32; 2]> =
            decode.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect();
        let plain = decode
            .iter()
            .flatten()
            .eq([0.0, 1.0].iter().cycle().take(2 * decode.len()));
        // Palettes and L*a*b* have limits of their own; nobody changes those.
        if decode.len() != components
            || plain
            || indexed
            || matches!(space, Space::Lab(_))
        {
            decode.clear();
        }
        Some(Self { width, height, components, bits, decode, indexed })
    }

    /// Uncompressed samples of any depth.
    fn plain(&self, data: &[u8]) -> Option<Samples> {
        let row = self.width * self.components;
        let stride = (row * self.bits).div_ceil(8);
        if data.len() < stride * self.height {
            return None;
        }
        let bytes = match self.bits {
            8 => data[..row * self.height].to_vec(),
            16 => {
                let pairs = data[..stride * self.height].chunks_exact(2);
                pairs.map(|pair| pair[0]).collect()
            }
            bits => {
                let most = (1_u64 << bits) - 1;
                let scale = if self.indexed { 1 } else { 255 / most };
                let rows = data.chunks_exact(stride).take(self.height);
                rows.flat_map(|line| {
                    (0..row).map(move |at| bits_at(line, at * bits, bits) * scale)
                })
                .map(|value| u8::try_from(value).unwrap_or(u8::MAX))
                .collect()
            }
        };
        Some(self.decoded(self.width, self.height, bytes, false))
    }

    fn jpeg(&self, data: &[u8]) -> Option<Samples> {
        let options =
            DecoderOptions::default().set_max_width(65_535).set_max_height(65_535);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(data), options);
        decoder.decode_headers().ok()?;
        let (width, height) = decoder.dimensions()?;
        if width.checked_mul(height)?.checked_mul(4)? > values::LARGEST_STREAM {
            return None;
        }
        let inside = decoder.input_colorspace()?;
        let outside = match self.components {
            1 => ColorSpace::Luma,
            3 => ColorSpace::RGB,
            4 if inside == ColorSpace::YCCK => ColorSpace::YCCK,
            4 => ColorSpace::CMYK,
            _ => return None,
        };
        decoder.set_options(options.jpeg_set_out_colorspace(outside));
        let mut bytes = decoder.decode().ok()?;
        if bytes.len() != width * height * self.components {
            return None;
        }
        if outside == ColorSpace::YCCK {
            for pixel in bytes.as_chunks_mut::<4>().0 {
                let [y, blue, red, _] = pixel.map(f32::from);
                let (blue, red) = (blue - 128.0, red - 128.0);
                let rgb =
                    [y + 1.402 * red, y - 0.344 * blue - 0.714 * red, y + 1.772 * blue];
                let inverse = rgb.map(|value| whole(255.0 - value));
                pixel[..3].copy_from_slice(&inverse);
            }
        }
        Some(self.decoded(width, height, bytes, true))
    }

    /// Puts the samples through the `Decode` array.
    fn decoded(
        &self,
        width: usize,
        height: usize,
        mut bytes: Vec<u8>,
        lossy: bool,
    ) -> Samples {
        if !self.decode.is_empty() {
            let tables: Vec<Vec<u8>> = self
                .decode
                .iter()
                .map(|[from, to]| {
                    (0_u8..=255)
                        .map(|value| {
                            whole((from + f32::from(value) / 255.0 * (to - from)) * 255.0)
                        })
                        .collect()
                })
                .collect();
            for pixel in bytes.chunks_exact_mut(self.components) {
                for (value, table) in pixel.iter_mut().zip(&tables) {
                    *value = table[usize::from(*value)];
                }
            }
        }
        Samples { width, height, bytes, lossy }
    }
}

fn whole(value: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the value is clamped"
    )]
    let whole = value.clamp(0.0, 255.0).round() as u8;
    whole
}

// Validates PDF files with veraPDF: VeraCheck FLAVOUR[,FLAVOUR...] FILE.pdf...
// Exit code: 0 every file conforms, 1 one does not, 3 veraPDF itself cannot be used.

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;

public class VeraCheck {
    private static final int FAILED = 1;
    private static final int UNUSABLE = 3;

    public static void main(String[] args) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        boolean conforms = true;
        for (PDFAFlavour flavour : flavours(args[0])) {
            for (int i = 1; i < args.length; i++) {
                conforms &= conforms(flavour, args[i]);
            }
        }
        System.exit(conforms ? 0 : FAILED);
    }

    /** The flavours named. `fromString` guesses, so the answer must bear the very name asked for. */
    private static List<PDFAFlavour> flavours(String names) {
        List<PDFAFlavour> flavours = new ArrayList<>();
        for (String name : names.split(",")) {
            PDFAFlavour flavour = PDFAFlavour.fromString(name);
            if (!flavour.getId().equals(name)) {
                unusable("no flavour " + name);
            }
            if (!Profiles.getVeraProfileDirectory().getPDFAFlavours().contains(flavour)) {
                unusable("no validation profile for " + name + "; are the XML binding libraries there?");
            }
            flavours.add(flavour);
        }
        return flavours;
    }

    private static boolean conforms(PDFAFlavour flavour, String file) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, 2000, false, false, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.printf("%s  %s  %s  (%d checks, %s)%n", result.isCompliant() ? "PASS" : "FAIL",
                    flavour, file, result.getTotalAssertions(), result.getProfileDetails().getName());
            if (!result.isCompliant()) {
                printFailures(result);
            }
            return result.isCompliant();
        } catch (IOException | org.verapdf.core.VeraPDFException problem) {
            System.out.printf("FAIL  %s  %s  (%s)%n", flavour, file, problem);
            return false;
        }
    }

    /** Each rule broken, how often, and one place where. */
    private static void printFailures(ValidationResult result) {
        Map<String, Integer> count = new TreeMap<>();
        Map<String, String> example = new HashMap<>();
        for (TestAssertion test : result.getTestAssertions()) {
            if (test.getStatus() != TestAssertion.Status.FAILED) {
                continue;
            }
            String rule = test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber();
            count.merge(rule, 1, Integer::sum);
            example.putIfAbsent(rule, test.getMessage().replaceAll("\\s+", " ")
                    + System.lineSeparator() + "        at " + test.getLocation().getContext());
        }
        count.forEach((rule, times) -> System.out.printf("   %4dx %-10s %s%n", times, rule, example.get(rule)));
    }

    private static void unusable(String why) {
        System.err.println("VeraCheck: " + why);
        System.exit(UNUSABLE);
    }
}

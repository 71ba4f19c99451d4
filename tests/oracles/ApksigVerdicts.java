import com.android.apksig.ApkVerifier;
import java.io.File;

/**
 * Prints what apksig says of each APK at each API level, one line each, tab-separated:
 * file name, level, verified, verified by v1, by v2, by v3, first error.
 *
 * Run from source: java -cp apksigner.jar ApksigVerdicts.java 23,24,30 FILE...
 */
public class ApksigVerdicts {
    public static void main(String[] arguments) {
        String[] levels = arguments[0].split(",");
        for (int index = 1; index < arguments.length; index++) {
            File apk = new File(arguments[index]);
            for (String level : levels) {
                System.out.println(
                    apk.getName() + "\t" + level + "\t" + verdict(apk, Integer.parseInt(level)));
            }
        }
    }

    private static String verdict(File apk, int level) {
        try {
            ApkVerifier.Result result = new ApkVerifier.Builder(apk)
                .setMinCheckedPlatformVersion(level)
                .setMaxCheckedPlatformVersion(level)
                .build()
                .verify();
            String error =
                result.getAllErrors().isEmpty() ? "" : result.getAllErrors().get(0).toString();
            return result.isVerified() + "\t" + result.isVerifiedUsingV1Scheme() + "\t"
                + result.isVerifiedUsingV2Scheme() + "\t" + result.isVerifiedUsingV3Scheme()
                + "\t" + error.replaceAll("\\s+", " ");
        } catch (Exception problem) {
            return "false\tfalse\tfalse\tfalse\t" + problem.toString().replaceAll("\\s+", " ");
        }
    }
}

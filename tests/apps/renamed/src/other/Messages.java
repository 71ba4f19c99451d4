package r;

/** Holds the messages away from the questions. */
final class Messages {
    static String of(int number) {
        switch (number) {
            case 0:
                return "Multiple @Url method annotations found.";
            case 1:
                return "@QueryMap parameter type must be Map.";
            case 2:
                return "@Field parameters can only be used with form encoding.";
            default:
                return "Multiple @Body method annotations found.";
        }
    }
}

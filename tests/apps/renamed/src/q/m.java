package q;

import java.lang.annotation.Annotation;

/** Asks of annotations what they are, as a library does whose classes were renamed. */
final class m {
    private String verb;
    private String path;

    void method(Annotation one) {
        if (one instanceof a) {
            set("DELETE", ((a) one).value());
        } else if (one instanceof b) {
            set("GET", ((b) one).value());
        } else if (one instanceof c) {
            set("HEAD", ((c) one).value());
        } else if (one instanceof d) {
            set("PATCH", ((d) one).value());
        } else if (one instanceof e) {
            set("POST", ((e) one).value());
        } else if (one instanceof f) {
            set("PUT", ((f) one).value());
        }
    }

    Object parameter(Annotation one, boolean had, Class<?> type) {
        if (one instanceof l) {
            if (had) {
                throw new IllegalStateException("Multiple @Url method annotations found.");
            }
            return one;
        } else if (one instanceof g) {
            if (had) {
                throw new IllegalStateException("A @Path parameter must not come after a @Query.");
            }
            return ((g) one).value();
        } else if (one instanceof h) {
            return ((h) one).value();
        } else if (one instanceof j) {
            if (!type.isInterface()) {
                throw new IllegalStateException("@QueryMap parameter type must be Map.");
            }
            return one;
        } else if (one instanceof n) {
            return ((n) one).value();
        } else if (one instanceof i) {
            if (!had) {
                throw new IllegalStateException("@Field parameters can only be used with form encoding.");
            }
            return ((i) one).value();
        } else if (one instanceof k) {
            if (had) {
                throw new IllegalStateException("Multiple @Body method annotations found.");
            }
            return one;
        }
        return null;
    }

    private void set(String word, String where) {
        if (verb != null) {
            throw new IllegalStateException("Only one HTTP method is allowed. Found: " + verb + " and " + word + ".");
        }
        verb = word;
        path = where;
    }
}

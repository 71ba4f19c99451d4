package q;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for Header under a new name. */
@Retention(RetentionPolicy.RUNTIME)
public @interface n {
    String value();
}

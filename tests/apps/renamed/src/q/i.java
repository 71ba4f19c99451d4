package q;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for Field under a new name. */
@Retention(RetentionPolicy.RUNTIME)
public @interface i {
    String value();
}

package q;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for Query under a new name. */
@Retention(RetentionPolicy.RUNTIME)
public @interface h {
    String value();
}

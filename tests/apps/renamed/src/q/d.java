package q;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for PATCH under a new name. */
@Retention(RetentionPolicy.RUNTIME)
public @interface d {
    String value() default "";
}

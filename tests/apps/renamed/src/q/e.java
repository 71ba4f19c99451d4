package q;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for POST under a new name. */
@Retention(RetentionPolicy.RUNTIME)
public @interface e {
    String value() default "";
}

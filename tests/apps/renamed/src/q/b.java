package q;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for GET under a new name. */
@Retention(RetentionPolicy.RUNTIME)
public @interface b {
    String value() default "";
}

package q;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for PUT under a new name. */
@Retention(RetentionPolicy.RUNTIME)
public @interface f {
    String value() default "";
}

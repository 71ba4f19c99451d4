package q;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for HEAD under a new name. */
@Retention(RetentionPolicy.RUNTIME)
public @interface c {
    String value() default "";
}

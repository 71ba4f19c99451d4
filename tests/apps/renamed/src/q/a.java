package q;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for DELETE under a new name. */
@Retention(RetentionPolicy.RUNTIME)
public @interface a {
    String value() default "";
}

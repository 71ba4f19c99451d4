package retrofit2.http;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** As far as this test needs the annotation of that name. */
@Retention(RetentionPolicy.RUNTIME)
public @interface GET {
    String value() default "";
}

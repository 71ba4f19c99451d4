package q;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for Body under a new name. */
@Retention(RetentionPolicy.RUNTIME)
public @interface k {}

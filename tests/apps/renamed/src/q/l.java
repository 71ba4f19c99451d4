package q;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for Url under a new name. */
@Retention(RetentionPolicy.RUNTIME)
public @interface l {}

package q;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** An annotation of the app's own that says where help is shown; nobody asks for it with verbs. */
@Retention(RetentionPolicy.RUNTIME)
public @interface z {
    String value();
}

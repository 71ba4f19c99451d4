package org.example.composed;

import androidx.compose.material3.CheckboxKt;
import androidx.compose.material3.OutlinedTextFieldKt;
import androidx.compose.material3.TextFieldKt;
import androidx.compose.material3.TextKt;
import androidx.compose.runtime.Composer;
import androidx.compose.runtime.internal.ComposableLambdaKt;
import androidx.compose.ui.res.StringResources_androidKt;
import kotlin.jvm.functions.Function1;

/** A form. The last field has words that only the device knows. */
final class FormKt {
  static final Function1 CHANGED = value -> null;

  static void Form(String value, Composer composer, int changed) {
    TextKt.Text("Register of a household", null, 0L, composer, 6, 0);
    TextKt.Text("Fill in all fields", null, 0L, composer, 6, 0);
    OutlinedTextFieldKt.OutlinedTextField(value, CHANGED, null, true, false, null, Singletons.INSTANCE.first(),
        Singletons.INSTANCE.second(), null, null, false, 1, composer, 0, 0, 0);
    Labelled("Clan", value, composer, 6);
    Labelled(StringResources_androidKt.stringResource(R.string.faith, composer, 0), value, composer, 0);
    TextKt.Text("Household number", null, 0L, composer, 6, 0);
    TextFieldKt.TextField(value, CHANGED, null, true, false, null, null, null, null, null, false, 1, composer, 0, 0, 0);
    if (changed > 0) {
      CheckboxKt.Checkbox(true, CHANGED, null, composer, 0, 0);
      TextKt.Text("Has moved away", null, 0L, composer, 6, 0);
    }
    TextFieldKt.TextField(value, CHANGED, null, true, false, null, new Words(System.getProperty("os.name")),
        null, null, null, false, 1, composer, 0, 0, 0);
  }

  static void Labelled(String label, String value, Composer composer, int changed) {
    OutlinedTextFieldKt.OutlinedTextField(value, CHANGED, null, true, false, null,
        ComposableLambdaKt.rememberComposableLambda(3, true, new Words(label), composer, 54), null, null, null,
        false, 1, composer, 0, 0, 0);
  }
}

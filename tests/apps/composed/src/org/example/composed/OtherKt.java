package org.example.composed;

import androidx.compose.material3.TextKt;
import androidx.compose.runtime.Composer;

/** A screen that only shows texts. */
final class OtherKt {
  static void Quiet(String value, Composer composer, int changed) {
    TextKt.Text("Surname", null, 0L, composer, 6, 0);
    TextKt.Text(value, null, 0L, composer, 6, 0);
  }
}

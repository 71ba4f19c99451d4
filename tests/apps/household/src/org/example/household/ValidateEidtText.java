package org.example.household;
import android.content.Context;
import android.util.AttributeSet;
import android.widget.EditText;
public class ValidateEidtText extends EditText {
    public ValidateEidtText(Context context, AttributeSet attrs) { super(context, attrs); }
}

package org.example.household;
import android.app.Activity;
import android.view.LayoutInflater;
import android.view.View;
import android.widget.LinearLayout;
import android.widget.NumberPicker;
import android.widget.PopupWindow;
import android.widget.TextView;
public class StringWheel extends PopupWindow implements View.OnClickListener {
    public interface OnSure { void sure(String text); }
    private final OnSure onSure;
    private final String[] texts;
    private final NumberPicker picker;
    public StringWheel(Activity activity, String[] texts, OnSure onSure) {
        this.texts = texts;
        this.onSure = onSure;
        View view = LayoutInflater.from(activity).inflate(R.layout.wheel, null);
        ((TextView) view.findViewById(R.id.btn_ok)).setOnClickListener(this);
        picker = new NumberPicker(activity);
        picker.setMaxValue(texts.length - 1);
        picker.setDisplayedValues(texts);
        ((LinearLayout) view).addView(picker);
        setContentView(view);
    }
    @Override
    public void onClick(View view) {
        onSure.sure(texts[picker.getValue()]);
        dismiss();
    }
}

package org.example;
import android.content.Context;
import android.content.res.TypedArray;
import android.util.AttributeSet;
import android.view.LayoutInflater;
import android.widget.*;
public class ItemView extends LinearLayout {
    private EditText etRight;
    private TextView tvLeft;
    public ItemView(Context context, AttributeSet attributeSet) {
        super(context, attributeSet);
        LayoutInflater.from(context).inflate(R.layout.view_item, (android.view.ViewGroup) this, true);
        this.tvLeft = (TextView) findViewById(R.id.tv_left);
        this.etRight = (EditText) findViewById(R.id.et_right);
        TypedArray obtainStyledAttributes = context.obtainStyledAttributes(attributeSet, R.styleable.ItemView);
        this.tvLeft.setText(obtainStyledAttributes.getString(1));
        this.etRight.setHint(obtainStyledAttributes.getString(0));
        obtainStyledAttributes.recycle();
    }
    public String getValue() { return this.etRight.getText().toString().trim(); }
}

package org.example;
import android.app.Dialog;
import android.content.Context;
import android.view.View;
public class ListDialog extends Dialog {
    public interface OnChosen { void chosen(String str); }
    private OnChosen listener;
    public ListDialog(Context context, OnChosen onChosen) { super(context); this.listener = onChosen; }
    public void pick(View view) { this.listener.chosen("配偶"); this.listener.chosen("子"); }
}

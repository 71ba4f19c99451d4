package android.service.notification;
import android.app.Notification;
public class StatusBarNotification {
    public Notification getNotification() { return null; }
    public String getPackageName() { return null; }
}

package android.service.notification;
import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
public abstract class NotificationListenerService extends Service {
    public IBinder onBind(Intent intent) { return null; }
    public abstract void onNotificationPosted(StatusBarNotification notice);
}

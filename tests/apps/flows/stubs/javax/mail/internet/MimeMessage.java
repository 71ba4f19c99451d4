package javax.mail.internet;
import javax.mail.Message;
import javax.mail.Session;
public class MimeMessage extends Message {
    public MimeMessage(Session session) { }
    public void setSubject(String subject) throws Exception { }
    public void setText(String text) throws Exception { }
}

package org.example.orms;

import com.orm.SugarRecord;
import com.orm.dsl.Column;
import com.orm.dsl.Ignore;

public class HouseVisit extends SugarRecord {
    String visitorName;
    @Column(name = "reason")
    String why;
    long visitedAt;
    @Ignore
    Object view;
}

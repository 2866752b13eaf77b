package com.ecommerce.orders.postgres;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/**
 * Keeps a connection in the pool when its server only reports a loss elsewhere. A Citus coordinator reports a lost worker
 * by the same SQLSTATE (class 08, 57P01) as the driver reports a lost server.
 */
final class LostConnections implements SQLExceptionOverride {

    /** Returns whether the server reported the error over a connection that still works. */
    static boolean isReportedByTheServer(SQLException e) {
        // After a server has ended the connection, the driver adds the end of the stream as the next exception.
        return e instanceof PSQLException reported
                && reported.getServerErrorMessage() != null
                && e.getNextException() == null;
    }

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return isReportedByTheServer(e) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
    }
}

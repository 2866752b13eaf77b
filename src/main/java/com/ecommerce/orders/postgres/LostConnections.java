package com.ecommerce.orders.postgres;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/**
 * A rule that keeps a connection in the pool if the server reports a loss of another connection. A Citus coordinator
 * reports a lost worker with the same SQLSTATE (class 08, 57P01) that the driver uses for a lost server.
 */
final class LostConnections implements SQLExceptionOverride {

    /** Tells whether the server reported the error over a connection that still works. */
    static boolean isReportedByTheServer(SQLException e) {
        // If the server has closed the connection, the driver adds the end of the stream as the next exception.
        return e instanceof PSQLException reported
                && reported.getServerErrorMessage() != null
                && e.getNextException() == null;
    }

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return isReportedByTheServer(e) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
    }
}

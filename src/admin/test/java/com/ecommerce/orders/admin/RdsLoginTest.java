package com.ecommerce.orders.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of the logins of the owner and of the API's role. The server admits members of {@code rds_iam} as RDS does. */
class RdsLoginTest {

    private static final String ROLE = "orders_app";
    private static final String PASSWORD = "made up by Secrets Manager";
    private static final AppRole BY_IAM = new AppRole(ROLE, AppRole.Login.RDS_IAM, null);
    private static final AppRole BY_PASSWORD = new AppRole(ROLE, AppRole.Login.PASSWORD, PASSWORD);

    private RdsServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RdsServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void migratesAsAnOwnerThatLogsInWithIam() throws Exception {
        server.admitOwnerByToken();
        server.execute("GRANT rds_iam TO rds_owner WITH ADMIN OPTION");

        assertThat(server.migration().run(BY_IAM)).isPositive();
        assertThat(server.migration().run(BY_IAM)).isZero();
        assertThat(isMember(ROLE)).isTrue();
    }

    @Test
    void switchesFromIamToAPassword() throws Exception {
        server.admitOwnerByToken();
        server.execute("GRANT rds_iam TO rds_owner WITH ADMIN OPTION");
        server.migration().run(BY_IAM);
        assertRefused();

        server.migration().run(BY_PASSWORD);

        assertThat(isMember(ROLE)).isFalse();
        assertAdmitted();
    }

    @Test
    void switchesBackToIam() throws Exception {
        server.admitOwnerByToken();
        server.execute("GRANT rds_iam TO rds_owner WITH ADMIN OPTION");
        server.migration().run(BY_PASSWORD);
        assertAdmitted();

        server.migration().run(BY_IAM);

        assertRefused();
    }

    @Test
    void revokesAMembershipThatAGroupOfTheOwnerGranted() throws Exception {
        server.admitOwnerByToken();
        server.execute(
                "CREATE ROLE administrators",
                "GRANT rds_iam TO administrators WITH ADMIN OPTION",
                "GRANT administrators TO rds_owner WITH INHERIT TRUE");
        server.migration().run(BY_IAM);
        server.execute("GRANT rds_iam TO rds_owner WITH ADMIN OPTION");
        assertThat(server.first("SELECT grantor::regrole FROM pg_auth_members WHERE member = 'orders_app'::regrole"))
                .isEqualTo("administrators");

        server.migration().run(BY_PASSWORD);

        assertAdmitted();
    }

    @Test
    void saysWhoCanRevokeAMembershipThatTheOwnerCannotRevoke() throws Exception {
        server.admitOwnerByToken();
        server.execute("GRANT rds_iam TO rds_owner WITH ADMIN OPTION, INHERIT FALSE, SET FALSE");
        server.migration().run(BY_PASSWORD);
        server.execute("GRANT rds_iam TO orders_app");

        assertThatThrownBy(() -> server.migration().run(BY_PASSWORD))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("orders_app is a member of rds_iam")
                .hasMessageContaining("Run as an administrator of the database: REVOKE rds_iam FROM orders_app");
    }

    @Test
    void needsNoRightOverRdsIamIfAnAdministratorGrantedTheMembership() throws Exception {
        server.migration().run(BY_PASSWORD);
        server.execute("GRANT rds_iam TO orders_app");
        server.admitOwnerByToken();

        assertThatCode(() -> server.migration().run(BY_IAM)).doesNotThrowAnyException();
    }

    /**
     * The master user of RDS may grant rds_iam without being a member of rds_iam. Here only a superuser can do that. From
     * PostgreSQL 16 on, the creator of a role is a member of the role, but a superuser needs a grant for the membership.
     */
    @Test
    void finishesTheMigrationThatEndsTheOwnersPasswordLogin() throws Exception {
        server.execute(
                "ALTER ROLE rds_owner SUPERUSER", "CREATE ROLE orders_app LOGIN", "GRANT orders_app TO rds_owner");

        assertThat(server.migration().run(BY_IAM)).isPositive();

        assertThatThrownBy(() -> server.migration().run(BY_IAM)).hasMessageContaining("rejects connection");
    }

    @Test
    void saysThatTheOwnerNeedsATokenIfRdsRefusesThePassword() {
        assertThat(OwnerErrors.of(
                        new SQLException("FATAL: PAM authentication failed for user \"orders_owner\"", "28000"),
                        Map.of()))
                .contains("admits this role with an IAM token only")
                .contains("rds-db:connect")
                .contains("aws rds generate-db-auth-token --hostname <database> --port 5432 --username <role>");
    }

    private boolean isMember(String role) throws SQLException {
        return server.first("SELECT pg_has_role('" + role + "', 'rds_iam', 'MEMBER')")
                .equals("t");
    }

    private void assertAdmitted() {
        assertThatCode(() -> server.connect(ROLE, PASSWORD).close()).doesNotThrowAnyException();
    }

    private void assertRefused() {
        assertThatThrownBy(() -> server.connect(ROLE, PASSWORD)).hasMessageContaining("rejects connection");
    }
}

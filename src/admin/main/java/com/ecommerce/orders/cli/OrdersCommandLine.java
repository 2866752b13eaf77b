package com.ecommerce.orders.cli;

import com.ecommerce.orders.admin.MigrateCommand;
import com.ecommerce.orders.admin.TenantCommand;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of the jar. Without a command, the jar starts the API and this class is not loaded. */
@Command(
        name = "java -jar ecommerce-order-api.jar",
        subcommands = HelpCommand.class,
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "Starts the API on this machine if there is no COMMAND. --NAME=VALUE sets a property of the API.",
            "With a COMMAND, does this work and ends:"
        },
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the message says why",
            "2:wrong arguments, or a setting is missing or wrong; nothing was done",
            "3:the cursor of events follow has expired"
        },
        footer = {"", "\"help COMMAND\" explains a command. docs/command-line.md has examples."})
public final class OrdersCommandLine {

    private OrdersCommandLine() {}

    /**
     * Runs a command with the streams and the environment of this process.
     *
     * @return the exit code: 0 for success, 1 if the command failed, 2 if the arguments or settings are wrong, 3 for an expired cursor
     */
    public static int run(String... arguments) {
        PrintWriter out = new PrintWriter(new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8)));
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        CommandLine command =
                commandLine(System.getenv(), out, err, Pause.REAL).setExecutionStrategy(OrdersCommandLine::runQuietly);
        return execute(command, arguments);
    }

    /**
     * Runs a command.
     *
     * @param out receives data, the results of {@code migrate} and {@code sample}, and the help
     * @param err receives all other messages, including the results of {@code tenant}
     * @return the exit code
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        return run(arguments, environment, out, err, Pause.REAL);
    }

    static int run(
            List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err, Pause pause) {
        return execute(commandLine(environment, out, err, pause), arguments.toArray(String[]::new));
    }

    private static int execute(CommandLine command, String... arguments) {
        int code = command.execute(arguments);
        boolean isIncomplete = command.getOut().checkError();
        if (code == ExitCode.OK && isIncomplete) {
            explain(command, "the result could not be written to standard output. The work of the command is done");
            return ExitCode.SOFTWARE;
        }
        return code;
    }

    private static CommandLine commandLine(
            Map<String, String> environment, PrintWriter out, PrintWriter err, Pause pause) {
        CommandLine root = new CommandLine(new OrdersCommandLine())
                .addSubcommand(new MigrateCommand(environment, out))
                .addSubcommand(new TenantCommand(environment, out, err))
                .addSubcommand(new EventsCommand(environment, out, err, pause))
                .addSubcommand(new SampleCommand(out))
                .addSubcommand(new TokenCommand(out))
                .setOut(out)
                .setErr(err)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setUsageHelpWidth(120)
                .setExecutionStrategy(OrdersCommandLine::runComplete)
                .setParameterExceptionHandler(OrdersCommandLine::explainArguments)
                .setExecutionExceptionHandler(OrdersCommandLine::explainFailure);
        addHelpOption(root);
        return root;
    }

    /** Adds the option to the command and to its subcommands. The command {@code help} has the option already. */
    private static void addHelpOption(CommandLine command) {
        if (command.getCommand() instanceof HelpCommand) {
            return;
        }
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Explains the command.")
                        .build());
        // A command with an alias is two entries of the map.
        Set.copyOf(command.getSubcommands().values()).forEach(OrdersCommandLine::addHelpOption);
    }

    private static int runQuietly(ParseResult command) {
        // Spring Boot would configure the logger. Without Spring Boot the logger writes every message.
        LoggingSystem.get(OrdersCommandLine.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        return runComplete(command);
    }

    /** Runs the command unless an argument is empty, as an unset variable of a script leaves it. */
    private static int runComplete(ParseResult command) {
        for (CommandLine each : command.asCommandLineList()) {
            each.getParseResult().matchedArgs().forEach(argument -> refuseEmptyValue(each, argument));
        }
        return new RunLast().execute(command);
    }

    private static void refuseEmptyValue(CommandLine command, ArgSpec argument) {
        if (argument.stringValues().stream().anyMatch(String::isBlank)) {
            String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            String label = argument.paramLabel();
            throw new ParameterException(
                    command,
                    "the value of " + name + " is empty. Give it " + (label.matches("[AEIOU].*") ? "an " : "a ") + label
                            + (argument.required() ? "" : ", or leave the option out"));
        }
    }

    private static int explainArguments(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        explain(command, isUnknownCommand(e) ? "there is no such command. " + e.getMessage() : e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        printWayToHelp(command);
        return ExitCode.USAGE;
    }

    private static int explainFailure(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (e instanceof IllegalArgumentException) {
            explain(command, e.getMessage());
            printWayToHelp(command);
            return ExitCode.USAGE;
        }
        if (e instanceof IllegalStateException) {
            explain(command, e.getMessage());
            return ExitCode.SOFTWARE;
        }
        throw e;
    }

    private static boolean isUnknownCommand(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !e.getCommandLine().getSubcommands().isEmpty();
    }

    private static void explain(CommandLine command, @Nullable String problem) {
        command.getErr().println(command.getCommandName() + ": " + problem);
    }

    private static void printWayToHelp(CommandLine command) {
        command.getErr().println("  See: " + command.getCommandSpec().qualifiedName() + " --help");
    }
}

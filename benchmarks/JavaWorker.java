import com.microsoft.azure.functions.rpc.messages.BindingInfo;
import com.microsoft.azure.functions.rpc.messages.FunctionLoadRequest;
import com.microsoft.azure.functions.rpc.messages.FunctionRpcGrpc;
import com.microsoft.azure.functions.rpc.messages.InvocationRequest;
import com.microsoft.azure.functions.rpc.messages.ParameterBinding;
import com.microsoft.azure.functions.rpc.messages.RpcFunctionMetadata;
import com.microsoft.azure.functions.rpc.messages.RpcHttp;
import com.microsoft.azure.functions.rpc.messages.StatusResult;
import com.microsoft.azure.functions.rpc.messages.StreamingMessage;
import com.microsoft.azure.functions.rpc.messages.TypedData;
import com.microsoft.azure.functions.rpc.messages.WorkerInitRequest;
import com.microsoft.azure.functions.shaded.io.grpc.Server;
import com.microsoft.azure.functions.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import com.microsoft.azure.functions.shaded.io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Azure's own Java worker in a process, and the part of the Functions host that the worker needs. */
final class JavaWorker implements Turns.Running {

    private final Calls calls = new Calls();
    private final Server host;
    private final Process process;
    private final String order;
    private final Map<String, String> headers;
    private long start = System.nanoTime();

    private JavaWorker(List<String> command, AzureBenchmark.Program program, Path log) throws Exception {
        this.order = program.order();
        this.headers = program.headers();
        this.host = NettyServerBuilder.forPort(0).addService(calls).build().start();
        command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(host.getPort())));
        command.addAll(List.of("--workerId", "1", "--requestId", "1", "--grpcMaxMessageLength", "10000000"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(program.settings());
        this.process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** Arguments: the worker's jar, and the arguments of {@link AzureBenchmark}. */
    public static void main(String[] arguments) {
        Path jar = Path.of(arguments[0]);
        AzureBenchmark.run((jdk, program, options) -> start(jar, jdk, program, options), arguments, 1);
    }

    private static Turns.Running start(Path jar, Path jdk, AzureBenchmark.Program program, List<String> options)
            throws Exception {
        List<String> command =
                new ArrayList<>(List.of(jdk.resolve("bin").resolve("java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-noverify", "-Djava.net.preferIPv4Stack=true", "-Xmx512m"));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        JavaWorker worker = new JavaWorker(command, program, Files.createTempFile("worker", ".log"));
        // The worker's folder has the library of annotations that the worker gives to functions.
        worker.load(program.folder(), jar.getParent().getParent());
        return worker;
    }

    private void load(Path folder, Path workerFolder) throws Exception {
        calls.next();
        calls.send(StreamingMessage.newBuilder()
                .setWorkerInitRequest(WorkerInitRequest.newBuilder()
                        .setHostVersion("4.0.0")
                        .setFunctionAppDirectory(folder.toString())
                        .setWorkerDirectory(workerFolder.toString())));
        calls.next();
        Path functionJson = folder.resolve("orders/function.json");
        JsonNode function = JsonMapper.shared().readTree(Files.readString(functionJson));
        Path script = functionJson.resolveSibling(function.get("scriptFile").asString());
        calls.send(StreamingMessage.newBuilder()
                .setFunctionLoadRequest(FunctionLoadRequest.newBuilder()
                        .setFunctionId("orders")
                        .setMetadata(RpcFunctionMetadata.newBuilder()
                                .setName("orders")
                                .setScriptFile(
                                        script.normalize().toAbsolutePath().toString())
                                .setEntryPoint(function.get("entryPoint").asString())
                                .putBindings("request", binding("httpTrigger", BindingInfo.Direction.in))
                                .putBindings("$return", binding("http", BindingInfo.Direction.out)))));
        StreamingMessage loaded = calls.next();
        if (loaded.getFunctionLoadResponse().getResult().getStatus() != StatusResult.Status.Success) {
            throw new IllegalStateException("The function was not loaded: " + loaded);
        }
    }

    private static BindingInfo binding(String type, BindingInfo.Direction direction) {
        return BindingInfo.newBuilder().setType(type).setDirection(direction).build();
    }

    @Override
    public double create() throws Exception {
        if (start == 0) {
            start = System.nanoTime();
        }
        calls.send(StreamingMessage.newBuilder()
                .setInvocationRequest(InvocationRequest.newBuilder()
                        .setInvocationId("create")
                        .setFunctionId("orders")
                        .addInputData(ParameterBinding.newBuilder()
                                .setName("request")
                                .setData(TypedData.newBuilder().setHttp(request())))));
        StreamingMessage response = calls.next();
        double milliseconds = (System.nanoTime() - start) / 1e6;
        start = 0;
        String status =
                response.getInvocationResponse().getReturnValue().getHttp().getStatusCode();
        if (!status.equals("201")) {
            throw new IllegalStateException("No order was created: " + response);
        }
        return milliseconds;
    }

    private RpcHttp request() {
        return RpcHttp.newBuilder()
                .setMethod("POST")
                .setUrl("http://127.0.0.1/orders")
                .putHeaders("content-type", "application/json")
                .putAllHeaders(headers)
                .setBody(TypedData.newBuilder().setString(order))
                .setRawBody(TypedData.newBuilder().setString(order))
                .build();
    }

    @Override
    public double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
        host.shutdownNow();
    }

    /** The host's side of the stream of messages. Messages of the worker's log are dropped. */
    private static final class Calls extends FunctionRpcGrpc.FunctionRpcImplBase {

        private final BlockingQueue<StreamingMessage> received = new LinkedBlockingQueue<>();
        private volatile StreamObserver<StreamingMessage> worker;

        @Override
        public StreamObserver<StreamingMessage> eventStream(StreamObserver<StreamingMessage> sender) {
            worker = sender;
            return new StreamObserver<>() {
                @Override
                public void onNext(StreamingMessage message) {
                    if (!message.hasRpcLog()) {
                        received.add(message);
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    // The process was ended.
                }

                @Override
                public void onCompleted() {
                    // The process was ended.
                }
            };
        }

        void send(StreamingMessage.Builder message) {
            worker.onNext(message.build());
        }

        StreamingMessage next() throws InterruptedException {
            StreamingMessage message = received.poll(1, TimeUnit.MINUTES);
            if (message == null) {
                throw new IllegalStateException("The worker does not respond");
            }
            return message;
        }
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Hosting.Storage;
using Platform.Import;
using Platform.TestKit;

namespace Platform.Registry.Tests.MLflow;

/// <summary>An import from, or to, servers and gateways that do not answer as they should.</summary>
public sealed class UnusualImportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, 1, 2)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 1, 2)]
    [InlineData(HttpStatusCode.TooManyRequests, 2, 2)]
    public async Task A_change_is_sent_again_only_where_a_limit_turned_it_away(HttpStatusCode status, int changes, int reads)
    {
        var asked = new Dictionary<string, int>();
        await using var gateway = await ServeAsync(context =>
        {
            var count = asked[context.Request.Path] = asked.GetValueOrDefault(context.Request.Path) + 1;
            if (count > 1) return context.Response.WriteAsync("{}");
            context.Response.StatusCode = (int)status;
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        using var server = new MLflowServer(gateway.Address, null);

        await Record.ExceptionAsync(() => server.PostAsync("model-versions/create", []));
        await server.GetAsync("registered-models/get");
        await server.SearchAsync("runs/search", "runs", []).ToListAsync();

        Assert.Equal((changes, reads, reads), (Count("model-versions/create"), Count("registered-models/get"), Count("runs/search")));
        int Count(string path) => asked[$"/api/2.0/mlflow/{path}"];
    }

    [Fact]
    public async Task A_file_that_keeps_coming_may_take_as_long_as_it_likes()
    {
        var time = new SteppedTime();
        var received = 0L;
        await using var target = await ServeAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received = body.Length;
        });
        using var server = new MLflowServer(target.Address, null) { Patience = Patience, Time = time };

        await server.PutAsync("large.onnx", new SlowFile(pieces: 20, () => time.Advance(Patience * 0.9)));

        Assert.Equal(20, received);
    }

    [Fact]
    public async Task A_file_of_which_nothing_more_comes_is_given_up()
    {
        var time = new SteppedTime();
        await using var target = await ServeAsync(context => context.Request.Body.CopyToAsync(Stream.Null));
        using var server = new MLflowServer(target.Address, null) { Patience = Patience, Time = time };

        var error = await Assert.ThrowsAsync<MLflowException>(() => server.PutAsync("large.onnx", new SlowFile(pieces: 20, () => time.Advance(Patience * 1.1))));

        Assert.Contains("nothing more of it went over for 600 s", error.Message);
    }

    [Fact]
    public async Task A_file_is_not_stored_empty_where_it_is_sent_on_to()
    {
        var stored = 0;
        await using var target = await ServeAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            if (context.Request.Path == "/elsewhere") stored++;
            else context.Response.Redirect("/elsewhere", permanent: false, preserveMethod: true);
        });
        using var server = new MLflowServer(target.Address, null);

        var error = await Assert.ThrowsAsync<MLflowException>(() => server.PutAsync("large.onnx", new SlowFile(pieces: 20, () => { })));

        Assert.Contains("can be read only once", error.Message);
        Assert.Equal(0, stored);
    }

    [Theory]
    [InlineData("<html>Sign in</html>", "did not answer as an MLflow server does, with a JSON object")]
    [InlineData("[]", "did not answer as an MLflow server does, with a JSON object")]
    [InlineData("""{"experiments":[{"experiment_id":"1"}]}""", "did not answer as an MLflow server does: 'name' is missing")]
    public async Task What_is_no_MLflow_server_is_told_so(string page, string said)
    {
        await using var source = await ServeAsync(context => context.Response.WriteAsync(page));

        var error = await Assert.ThrowsAsync<MLflowException>(() => ImportAsync(source.Address, source.Address));

        Assert.Contains(said, error.Message);
    }

    [Fact]
    public async Task A_file_whose_path_would_lead_elsewhere_is_left_out()
    {
        await using var target = await RegistryHost.StartAsync();
        await using var source = await ServeAsync(context => context.Response.WriteAsync(Model(context.Request)));

        var said = await ImportAsync(source.Address, target.Http.BaseAddress!);

        Assert.Contains("file ../elsewhere.txt in m: the path '../elsewhere.txt' has an empty segment, '.' or '..', and would lead elsewhere", said);
        Assert.Contains("file . in m", said);
        var folder = ArtifactCopy.PathOf((string)(await new MLflowClient(target.Http).GetAsync("model-versions/get?name=risk&version=1"))["model_version"]!["source"]!)!;
        Assert.Equal(["notes.txt"], await NamesAsync(folder));
        Assert.Equal(["1"], await NamesAsync(folder[..folder.LastIndexOf('/')]));

        async Task<IEnumerable<string>> NamesAsync(string path) =>
            (await target.GetAsync($"/api/2.0/mlflow-artifacts/artifacts?path={path}"))["files"]!.AsArray().Select(file => (string)file!["path"]!);
    }

    [Theory]
    [InlineData("a/../b")]
    [InlineData("..")]
    [InlineData("./b")]
    [InlineData("a//b")]
    public void A_path_that_would_be_folded_is_no_part_of_an_address(string path) => Assert.Throws<MLflowException>(() => ArtifactPath.Escape(path));

    [Fact]
    public void Sources_on_one_host_have_folders_of_their_own() =>
        Assert.Equal(3, new[] { "https://h/", "https://h/team-a/", "https://h/team-b/" }.Select(address => new SourceTag(new Uri(address)).Folder).Distinct().Count());

    [Theory]
    [InlineData("MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD", "mlflow", "https://ann:secret@mlflow.example.org")]
    [InlineData("PLATFORM_KEY", "mlflow", "https://mlflow.example.org", "--to", "https://secret@platform.example.org")]
    public void An_address_with_a_password_is_refused(string variables, params string[] arguments)
    {
        var mistake = ImportCommand.Read(arguments, out _);

        Assert.Contains(variables, mistake);
        Assert.DoesNotContain("secret", mistake);
    }

    /// <summary>What a source with one version answers, whose files it says to lie in other folders too.</summary>
    private static string Model(HttpRequest request) => ((string)request.Path!)[1..].Replace("api/2.0/mlflow/", "", StringComparison.Ordinal) switch
    {
        "registered-models/search" => """{"registered_models":[{"name":"risk"}]}""",
        "registered-models/get" => """{"registered_model":{"name":"risk"}}""",
        "model-versions/search" => """{"model_versions":[{"name":"risk","version":"1","source":"mlflow-artifacts:/m"}]}""",
        "model-versions/get-download-uri" => """{"artifact_uri":"mlflow-artifacts:/m"}""",
        "api/2.0/mlflow-artifacts/artifacts" => """{"files":[{"path":"../elsewhere.txt"},{"path":".","is_dir":true},{"path":"notes.txt"}]}""",
        _ => "{}",
    };

    private static Task<TestHost> ServeAsync(RequestDelegate answer) => TestHost.StartAsync(_ => { }, app => app.Run(answer));

    private static async Task<string> ImportAsync(Uri from, Uri to)
    {
        Assert.Null(ImportCommand.Read(["mlflow", $"{from}", "--to", $"{to}"], out var command));
        using var said = new StringWriter();
        (await Importer.RunAsync(command, _ => null, said)).Write();
        return said.ToString();
    }

    /// <summary>A file that comes byte by byte, and something happens before each.</summary>
    private sealed class SlowFile(int pieces, Action before) : ReadOnceStream
    {
        private int _left = pieces;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            before();
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(_left-- > 0 ? 1 : 0);
        }
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Registry.Tests.MLflow;

public sealed class RunTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    private readonly MLflowClient _mlflow = new(registry.Http);

    [Fact]
    public async Task Every_value_of_a_metric_is_kept_once_in_order_and_the_latest_is_the_runs()
    {
        var run = await _mlflow.RunAsync(await _mlflow.ExperimentAsync());
        foreach (var batch in Enumerable.Range(0, 1234).Chunk(100))
            for (var time = 0; time < 2; time++) // as a client that did not hear the answer
                await _mlflow.PostAsync("runs/log-batch", new { run_id = run, metrics = batch.Select(step => new { key = "loss", value = 1.0 / (step + 1), timestamp = 5, step }) });

        var history = await HistoryAsync(run, "loss");
        Assert.Equal(Enumerable.Range(0, 1234), history.Select(point => (int)point!["step"]!));
        Assert.Equal(1.0 / 1234, (double)(await MetricsAsync(run))["loss"]!["value"]!);
    }

    [Fact]
    public async Task A_history_comes_in_pages()
    {
        var run = await _mlflow.RunAsync(await _mlflow.ExperimentAsync());
        for (var step = 0; step < 5; step++) await _mlflow.LogAsync(run, "m", step, step);

        var first = await _mlflow.GetAsync($"metrics/get-history?run_id={run}&metric_key=m&max_results=3");
        var second = await _mlflow.GetAsync($"metrics/get-history?run_id={run}&metric_key=m&max_results=3&page_token={Uri.EscapeDataString((string)first["next_page_token"]!)}");

        Assert.Equal([0, 1, 2], first["metrics"]!.AsArray().Select(point => (int)point!["value"]!));
        Assert.Equal([3, 4], second["metrics"]!.AsArray().Select(point => (int)point!["value"]!));
        Assert.Null(second["next_page_token"]);
    }

    [Fact]
    public async Task Many_who_log_to_one_run_at_once_all_find_their_values_kept()
    {
        var run = await _mlflow.RunAsync(await _mlflow.ExperimentAsync());

        await Task.WhenAll(Enumerable.Range(0, 40).Select(step => _mlflow.LogAsync(run, $"m{step % 4}", step, step)));

        for (var metric = 0; metric < 4; metric++) Assert.Equal(10, (await HistoryAsync(run, $"m{metric}")).Count);
    }

    [Fact]
    public async Task Numbers_that_are_not_finite_come_back_as_they_went()
    {
        var run = await _mlflow.RunAsync(await _mlflow.ExperimentAsync());
        foreach (var value in new[] { "NaN", "Infinity", "-Infinity" }) await _mlflow.LogAsync(run, $"m{value.Length}", value);

        var metrics = await MetricsAsync(run);
        Assert.Equal(["NaN", "Infinity", "-Infinity"], new[] { "m3", "m8", "m9" }.Select(key => (string)metrics[key]!["value"]!));
    }

    [Fact]
    public async Task A_parameter_is_logged_again_with_the_same_value_only()
    {
        var run = await _mlflow.RunAsync(await _mlflow.ExperimentAsync());
        for (var time = 0; time < 2; time++) await _mlflow.PostAsync("runs/log-parameter", new { run_id = run, key = "lr", value = "0.1" });

        var message = await _mlflow.RefusedAsync(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "runs/log-parameter", new { run_id = run, key = "lr", value = "0.2" });
        Assert.StartsWith("Changing param values is not allowed.", message);
    }

    [Theory]
    [InlineData(1001, 0, 0, "A batch logging request can contain at most 1000 metrics. Got 1001 metrics.")]
    [InlineData(0, 101, 0, "A batch logging request can contain at most 100 params. Got 101 params.")]
    [InlineData(0, 0, 101, "A batch logging request can contain at most 100 tags. Got 101 tags.")]
    [InlineData(950, 60, 0, "A batch logging request can contain at most 1000 metrics, params, and tags.")]
    public async Task A_batch_beyond_the_limits_changes_nothing(int metrics, int parameters, int tags, string message)
    {
        var run = await _mlflow.RunAsync(await _mlflow.ExperimentAsync());
        var batch = new
        {
            run_id = run,
            metrics = Enumerable.Range(0, metrics).Select(i => new { key = "m", value = i, timestamp = i }),
            @params = Enumerable.Range(0, parameters).Select(i => new { key = $"p{i}", value = "v" }),
            tags = Enumerable.Range(0, tags).Select(i => new { key = $"t{i}", value = "v" }),
        };

        Assert.StartsWith(message, await _mlflow.RefusedAsync(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "runs/log-batch", batch));
        Assert.Empty(await MetricsAsync(run));
    }

    [Theory]
    [InlineData("a//b", "This name would resolve to 'a/b'")]
    [InlineData("../a", "This name would resolve to '../a'")]
    [InlineData("a#b", "Names may only contain alphanumerics")]
    public async Task A_name_that_is_none_is_refused(string key, string reason)
    {
        var run = await _mlflow.RunAsync(await _mlflow.ExperimentAsync());
        Assert.Contains(reason, await _mlflow.RefusedAsync(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "runs/set-tag", new { run_id = run, key, value = "x" }));
    }

    [Fact]
    public async Task What_is_too_long_is_cut_off_or_refused_as_by_MLflow()
    {
        var run = await _mlflow.RunAsync(await _mlflow.ExperimentAsync());
        await _mlflow.PostAsync("runs/log-parameter", new { run_id = run, key = "long", value = new string('x', 7000) });
        await _mlflow.PostAsync("runs/set-tag", new { run_id = run, key = "long", value = new string('x', 9000) });

        var data = (await _mlflow.GetAsync($"runs/get?run_id={run}"))["run"]!["data"]!;
        Assert.Equal(6000, ((string)data["params"]![0]!["value"]!).Length);
        Assert.Equal(8000, ((string)data["tags"]![0]!["value"]!).Length);
        await _mlflow.RefusedAsync(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "runs/log-parameter", new { run_id = run, key = new string('k', 251), value = "x" });
    }

    [Theory]
    [InlineData("{\"run_id\":7}", "Invalid value 7 for parameter 'run_id' supplied:  Hint: Value was of type 'int'.")]
    [InlineData("{}", "Missing value for required parameter 'run_id'.")]
    [InlineData("", "Missing value for required parameter 'run_id'.")]
    public async Task A_request_of_another_form_is_told_which_field_is_wrong(string body, string message)
    {
        using var content = new StringContent(body);
        using var response = await registry.Http.PostAsync("/api/2.0/mlflow/runs/log-metric", content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(message, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["message"]!);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"run_id\"")]
    [InlineData("\"{\"")]
    [InlineData("{\"run_id\":\"a\",\"run_id\":\"b\"}")]
    [InlineData("{\"metrics\":[null]}")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        using var content = new StringContent(body);
        Assert.Equal(HttpStatusCode.BadRequest, (await registry.Http.PostAsync("/api/2.0/mlflow/runs/log-metric", content)).StatusCode);
    }

    [Fact]
    public async Task What_is_not_there_is_answered_in_MLflows_form()
    {
        var answer = await registry.Http.GetAsync("/api/2.0/mlflow/traces").JsonAsync(HttpStatusCode.NotFound);
        Assert.Equal("ENDPOINT_NOT_FOUND", (string?)answer["error_code"]);
    }

    [Fact]
    public async Task After_a_restart_runs_are_found_and_go_on()
    {
        await using var host = await RegistryHost.StartAsync();
        var (run, experiment) = ("", "");
        {
            var mlflow = new MLflowClient(host.Http);
            experiment = await mlflow.ExperimentAsync();
            run = await mlflow.RunAsync(experiment);
            await mlflow.LogAsync(run, "auc", 0.5);
        }

        await host.RestartAsync();

        var again = new MLflowClient(host.Http);
        Assert.Equal([run], await again.SearchAsync(experiment, "metrics.auc >= 0.5"));
        await again.LogAsync(run, "auc", 0.7, step: 1);
        Assert.Equal([run], await again.SearchAsync(experiment, "metrics.auc > 0.6"));
    }

    private async Task<JsonArray> HistoryAsync(string run, string metric) =>
        (await _mlflow.GetAsync($"metrics/get-history?run_id={run}&metric_key={metric}"))["metrics"]!.AsArray();

    private async Task<Dictionary<string, JsonNode>> MetricsAsync(string run) =>
        ((await _mlflow.GetAsync($"runs/get?run_id={run}"))["run"]!["data"]!["metrics"]?.AsArray() ?? []).ToDictionary(metric => (string)metric!["key"]!, metric => metric!);
}

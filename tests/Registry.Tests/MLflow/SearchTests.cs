using System.Net;

namespace Platform.Registry.Tests.MLflow;

public sealed class SearchTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    private readonly MLflowClient _mlflow = new(registry.Http);

    [Theory]
    [InlineData("metrics.auc > 0.15", "1 2")]
    [InlineData("metrics.auc != 0.2", "0 1")]
    [InlineData("metrics.`val auc` = 1e-1 and metric.auc<=.2", "2")]
    [InlineData("params.k = 'b'", "1")]
    [InlineData("params.\"k\" != 'b'", "0 2")]
    [InlineData("param.k IN_LIST", null)]
    [InlineData("tags.colour LIKE '%lu%'", "1")]
    [InlineData("tags.colour ILIKE 'BL_E'", "1")]
    [InlineData("tags.colour IS NULL", "0 2")]
    [InlineData("tags.colour is not null", "1")]
    [InlineData("attributes.status = 'RUNNING' AND start_time >= 2", "1 2")]
    [InlineData("tags.`mlflow.runName` = run_name", null)]
    [InlineData("metrics.auc > '1'", null)]
    [InlineData("metrics.auc LIKE '1'", null)]
    [InlineData("params.k = 3", null)]
    [InlineData("params.k > '3'", null)]
    [InlineData("params.k = 'a' OR params.k = 'b'", null)]
    [InlineData("attributes.colour = 'x'", null)]
    [InlineData("params.k IN ('a')", null)]
    [InlineData("metrics.auc >", null)]
    [InlineData("AND", null)]
    [InlineData("params.k = 'open", null)]
    [InlineData("run_id IN ()", null)]
    [InlineData("1 = 1", null)]
    public async Task A_filter_finds_what_passes_or_is_refused(string filter, string? found)
    {
        var (experiment, runs) = await ThreeRunsAsync();
        if (found is null)
            await _mlflow.RefusedAsync(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "runs/search", new { experiment_ids = new[] { experiment }, filter });
        else
            Assert.Equal(found.Split(' ').Select(number => runs[int.Parse(number)]), await _mlflow.SearchAsync(experiment, filter, "start_time"));
    }

    [Fact]
    public async Task Lists_of_ids_are_taken()
    {
        var (experiment, runs) = await ThreeRunsAsync();
        Assert.Equal([runs[0], runs[2]], await _mlflow.SearchAsync(experiment, $"attributes.run_id IN ('{runs[0]}', \"{runs[2]}\")", "start_time"));
        Assert.Equal([runs[1]], await _mlflow.SearchAsync(experiment, $"run_id NOT IN ('{runs[0]}','{runs[2]}')"));
    }

    [Fact]
    public async Task What_has_no_value_comes_last_whichever_the_direction_and_NaN_before_it()
    {
        var experiment = await _mlflow.ExperimentAsync();
        var (none, nan, one, two) = (await _mlflow.RunAsync(experiment), await _mlflow.RunAsync(experiment), await _mlflow.RunAsync(experiment), await _mlflow.RunAsync(experiment));
        await _mlflow.LogAsync(nan, "m", "NaN");
        await _mlflow.LogAsync(one, "m", 1);
        await _mlflow.LogAsync(two, "m", 2);

        Assert.Equal([one, two, nan, none], await _mlflow.SearchAsync(experiment, null, "metrics.m ASC"));
        Assert.Equal([two, one, nan, none], await _mlflow.SearchAsync(experiment, null, "metrics.m DESC"));
        Assert.Equal([one, two], await _mlflow.SearchAsync(experiment, "metrics.m < 5", "metrics.m"));
    }

    [Fact]
    public async Task Without_an_order_the_run_that_started_last_comes_first()
    {
        var (experiment, runs) = await ThreeRunsAsync();
        Assert.Equal(runs.Reverse(), await _mlflow.SearchAsync(experiment));
    }

    [Theory]
    [InlineData("metrics.m SIDEWAYS")]
    [InlineData("foo.bar")]
    [InlineData("attributes.colour")]
    [InlineData("")]
    public async Task An_order_that_is_none_is_refused(string order) => await _mlflow.RefusedAsync(
        HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "runs/search", new { experiment_ids = new[] { "0" }, order_by = new[] { order } });

    [Fact]
    public async Task Pages_follow_each_other_and_end()
    {
        var (experiment, runs) = await ThreeRunsAsync();
        var first = await _mlflow.PostAsync("runs/search", new { experiment_ids = new[] { experiment }, max_results = 2, order_by = new[] { "start_time" } });
        var second = await _mlflow.PostAsync("runs/search", new { experiment_ids = new[] { experiment }, max_results = 2, order_by = new[] { "start_time" }, page_token = (string?)first["next_page_token"] });

        Assert.Equal(runs, first["runs"]!.AsArray().Concat(second["runs"]!.AsArray()).Select(run => (string)run!["info"]!["run_id"]!));
        Assert.Null(second["next_page_token"]);
        Assert.Equal("eyJvZmZzZXQiOiAyfQ==", (string?)first["next_page_token"]);
    }

    [Theory]
    [InlineData("%%%")]
    [InlineData("bm90IGpzb24=")]
    [InlineData("eyJvZmZzZXQiOiAtMX0=")]
    public async Task A_page_token_that_is_none_is_refused(string token) => await _mlflow.RefusedAsync(
        HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "runs/search", new { experiment_ids = new[] { "0" }, page_token = token });

    [Theory]
    [InlineData(50_001)]
    [InlineData(-1)]
    public async Task More_results_than_a_page_may_hold_are_refused(int size) => await _mlflow.RefusedAsync(
        HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "runs/search", new { experiment_ids = new[] { "0" }, max_results = size });

    private async Task<(string Experiment, string[] Runs)> ThreeRunsAsync()
    {
        var experiment = await _mlflow.ExperimentAsync();
        var runs = new string[3];
        for (var i = 0; i < 3; i++)
        {
            runs[i] = await _mlflow.RunAsync(experiment, i + 1);
            await _mlflow.PostAsync("runs/log-parameter", new { run_id = runs[i], key = "k", value = "abc"[i].ToString() });
        }

        await _mlflow.LogAsync(runs[0], "auc", 0.1);
        await _mlflow.LogAsync(runs[1], "auc", 0.3);
        await _mlflow.LogAsync(runs[2], "auc", 0.2);
        await _mlflow.LogAsync(runs[2], "val auc", 0.1);
        await _mlflow.PostAsync("runs/set-tag", new { run_id = runs[1], key = "colour", value = "blue" });
        return (experiment, runs);
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Platform.Contracts.Inference;
using Platform.Inference.Tests.Rows;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Scoring;

/// <summary>Files of rows on a real server. The model answers age + 10 · purpose + 100 · savings, and each of them doubled.</summary>
public sealed class ScoringTests(ScoringTests.Fixture fixture) : IClassFixture<ScoringTests.Fixture>
{
    private const string Header = "prediction_id,error,class,score,value,sum,doubled";

    private HttpClient Http => fixture.Host.Http;

    [Fact]
    public async Task A_csv_file_comes_back_with_its_columns_and_the_answers()
    {
        var id = await Http.ScoredAsync("credit", "name,savings,purpose,age\n\"O'Neil, \"\"Jo\"\"\",3,tv,44\nAnn,0.5,car,\n,1,1.0,+5\n");

        var job = await Http.EndedAsync(id);
        var result = await Http.CsvAsync(id);

        Assert.Equal((3, 0, 3), ((int)job["rowsDone"]!, (int)job["rowsFailed"]!, (int)job["rowsTotal"]!));
        Assert.Equal(("credit", "1"), ((string?)job["model"], (string?)job["version"]));
        Assert.Equal(
        [
            $"name,savings,purpose,age,{Header}",
            $"\"O'Neil, \"\"Jo\"\"\",3,tv,44,{id}.0:0,,bad,354,,354,\"[88,2,6]\"",
            $"Ann,0.5,car,,{id}.0:1,,,,,,\"[null,0,1]\"",
            $",1,1.0,5,{id}.0:2,,bad,115,,115,\"[10,2,2]\"",
        ], result);
    }

    [Fact]
    public async Task A_file_of_lines_comes_back_as_parquet()
    {
        var id = await Http.ScoredAsync("credit", """
            {"age":44,"purpose":"tv","savings":3,"id":7}

            {"savings":null,"purpose":"car","age":1.5,"id":"x"}
            {"id":[1,2],"age":1,"purpose":0,"savings":1}
            """, "rows.ndjson");

        await Http.EndedAsync(id);
        var result = await Http.ParquetAsync(id);

        Assert.Equal($"age,purpose,savings,id,{Header}", string.Join(',', result.Keys));
        Assert.Equal([44.0, 1.5, 1.0], result["age"]);
        Assert.Equal(["tv", "car", "0"], result["purpose"]);
        Assert.Equal([3.0, null, 1.0], result["savings"]);
        Assert.Equal(["7", "x", "[1,2]"], result["id"]);
        Assert.Equal([$"{id}.0:0", $"{id}.0:1", $"{id}.0:2"], result["prediction_id"]);
        Assert.Equal(["bad", null, "bad"], result["class"]);
        Assert.Equal([354.0, null, 101.0], result["score"]);
        Assert.Equal([354f, null, 101f], result["sum"]);
    }

    [Fact]
    public async Task Scores_have_a_column_for_each_class()
    {
        var id = await Http.ScoredAsync("several", "age,purpose,savings\n1,2,3\n");

        await Http.EndedAsync(id);

        Assert.Equal(
        [
            "age,purpose,savings,prediction_id,error,class,score,value,sum,doubled_a,doubled_b,doubled_c", $"1,2,3,{id}.0:0,,c,6,,321,2,4,6",
        ], await Http.CsvAsync(id));
    }

    [Fact]
    public async Task A_bad_row_is_told_by_its_place_and_the_others_go_on()
    {
        var id = await Http.ScoredAsync("credit", "age,purpose,savings\n1,car,0\nold,boat,1\n2,tv\n3,car,1\n");

        var job = await Http.EndedAsync(id);
        var result = await Http.CsvAsync(id);

        Assert.Equal((4, 2), ((int)job["rowsDone"]!, (int)job["rowsFailed"]!));
        Assert.Equal(
        [
            "1 age: must be a number, or null where it is missing.", "1 purpose: must be one of the categories 'car', 'tv', or null where it is missing.",
            "2 : has 2 cells, but the header names 3 columns.",
        ], await Http.ErrorsAsync(id));
        Assert.StartsWith($"1,car,0,{id}.0:0,,good,1,", result[1]);
        Assert.StartsWith("old,boat,1,,\"age: must be a number, or null where it is missing. purpose: must be", result[2]);
        Assert.StartsWith(",,,,\"The row has 2 cells, but the header names 3 columns.\",", result[3]);
        Assert.StartsWith($"3,car,1,{id}.0:1,,bad,103,", result[4]);
    }

    [Fact]
    public async Task Bad_lines_are_told_and_a_member_that_an_object_lacks()
    {
        var id = await Http.ScoredAsync("credit", """
            {"age":44,"purpose":"tv","savings":3}
            {"age":44,"purpose":"tv"}
            [44,"tv",3]
            {"age":44,"age":44,"purpose":"tv","savings":3}
            {"age":44,"purpose":"tv","savings":3
            {"age":44,"purpose":"\ud800","savings":3}
            """, "rows.jsonl");

        var job = await Http.EndedAsync(id);

        Assert.Equal((6, 5), ((int)job["rowsDone"]!, (int)job["rowsFailed"]!));
        Assert.Equal(
        [
            "1 savings: is missing.", "2 : must be a JSON object with a value for each feature.", "3 : has the member 'age' twice.", "4 : is not valid JSON.",
            "5 : is not valid JSON.",
        ], await Http.ErrorsAsync(id));
    }

    [Fact]
    public async Task A_row_on_which_the_model_fails_is_found_among_the_others()
    {
        var id = await Http.ScoredAsync("lookup", "index\n" + string.Join('\n', Enumerable.Range(0, 20).Select(row => row is 7 or 12 ? 99 : row % 4)) + "\n");

        var job = await Http.EndedAsync(id);
        var result = (await Http.CsvAsync(id)).Skip(1).Select(line => line.Split(',')[^1]).ToList();

        Assert.Equal((20, 2), ((int)job["rowsDone"]!, (int)job["rowsFailed"]!));
        Assert.Equal(Enumerable.Range(0, 20).Select(row => row is 7 or 12 ? "" : $"{row % 4 * 10}"), result);
        Assert.All((await Http.ErrorsAsync(id)).Zip((string[])["7", "12"]), pair => Assert.StartsWith($"{pair.Second} : has no answer: ", pair.First));
    }

    [Fact]
    public async Task Errors_come_in_pages()
    {
        var id = await Http.ScoredAsync("credit", "age,purpose,savings\n" + string.Concat(Enumerable.Repeat("x,y,1\n", 60)));
        await Http.EndedAsync(id);

        List<string> told = [];
        string? after = null;
        do
        {
            var page = await Http.GetAsync($"/v1/scoring-jobs/{id}/errors?limit=7{(after is null ? "" : $"&after={after}")}").JsonAsync();
            told.AddRange(page["items"]!.AsArray().Select(error => $"{error!["row"]} {error["field"]}"));
            after = (string?)page["next"];
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, 60), told.Select(error => int.Parse(error.Split(' ')[0])).Distinct());
        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.Equal(HttpStatusCode.BadRequest, (await Http.GetAsync($"/v1/scoring-jobs/{id}/errors?after=x")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Http.GetAsync($"/v1/scoring-jobs/{id}/errors?after=0-2147483647")).StatusCode);
        Assert.Empty((await Http.GetAsync($"/v1/scoring-jobs/{id}/errors?after=0-99999999").JsonAsync())["items"]!.AsArray());
        Assert.Empty((await Http.GetAsync($"/v1/scoring-jobs/{id}/errors?after=99999999-0").JsonAsync())["items"]!.AsArray());
    }

    [Theory]
    [InlineData("rows.csv", "", "The file is empty: its first line must name the columns.")]
    [InlineData("rows.csv", "age,savings\n1,2\n", "The file has no column 'purpose': it must have one for each feature of the model, by its name.")]
    [InlineData("rows.csv", "age,age\n1,2\n", "The header names the column 'age' more than once.")]
    [InlineData("rows.ndjson", "\n", "The file has no rows.")]
    [InlineData("rows.ndjson", "{\"age\":1}\n{\"savings\":1}", "The file has no column 'purpose': it must have one for each feature of the model, by its name.")]
    public async Task A_file_that_cannot_be_scored_fails_with_a_sentence(string name, string file, string expected)
    {
        var id = await Http.ScoredAsync("credit", file, name);

        var error = (await Http.EndedAsync(id, "failed"))["error"]!;

        Assert.Equal(("inference.scoring_file_invalid", expected), ((string?)error["code"], (string?)error["detail"]));
        Assert.Equal("inference.scoring_no_result", (string?)(await Http.GetAsync($"/v1/scoring-jobs/{id}/result").JsonAsync(HttpStatusCode.Conflict))["code"]);
    }

    [Theory]
    [InlineData("age,purpose,savings\n1,car,2\n\"3,tv,4\n")]
    [InlineData("age,purpose,savings\n1,car,2\n\"3\"x,tv,4\n")]
    public async Task A_file_that_is_no_csv_to_its_end_fails_before_a_row_is_scored(string file)
    {
        var job = await Http.EndedAsync(await Http.ScoredAsync("credit", file), "failed");

        Assert.StartsWith("The file is not CSV: ", (string?)job["error"]!["detail"]);
        Assert.Equal(0, (int)job["rowsDone"]!);
    }

    [Fact]
    public async Task A_header_without_rows_gives_a_result_without_rows()
    {
        var id = await Http.ScoredAsync("credit", "age,purpose,savings\n");
        await Http.EndedAsync(id);

        Assert.Equal([$"age,purpose,savings,{Header}"], await Http.CsvAsync(id));
        Assert.StartsWith("PAR1", await Http.GetStringAsync($"/v1/scoring-jobs/{id}/result"));
    }

    [Fact]
    public async Task Rows_are_predictions_like_others_and_recorded_whole()
    {
        await using var host = await InferenceHost.StartAsync(
            registry => registry.Deploy("credit", "1", TinyModels.Linear(), metadata: ByNameTests.Credit), new KeyValuePair<string, string?>("Inference:Scoring:BatchRows", "2"));
        var id = await host.Http.ScoredAsync("credit", "age,purpose,savings\n1,car,0\n2,tv,1\n3,car,2\n");
        await host.Http.EndedAsync(id);

        var records = await host.ReadLogAsync(2);

        Assert.Equal([$"{id}.0", $"{id}.2"], records.Select(record => record.Id));
        Assert.All(records, record => Assert.Equal((PredictionStatus.Succeeded, "1", "version"), (record.Data.Status, record.Data.Version, record.Data.Route)));
        Assert.Equal([2, 1], records.Select(record => record.Data.Rows));
        Assert.Equal("[1.0,0.0,0.0,2.0,1.0,1.0]", records[0].Data.Inputs[0].Data.GetRawText().Replace("[1,0,0,2,1,1]", "[1.0,0.0,0.0,2.0,1.0,1.0]", StringComparison.Ordinal));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal InferenceHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await InferenceHost.StartAsync(registry =>
        {
            registry.Deploy("credit", "1", TinyModels.Linear(), metadata: ByNameTests.Credit);
            registry.Deploy("several", "1", TinyModels.Linear(), metadata: new()
            {
                Output = "doubled", Classes = ["a", "b", "c"], Features = [new() { Name = "age" }, new() { Name = "purpose" }, new() { Name = "savings" }],
            });
            registry.Deploy("lookup", "1", TinyModels.Lookup());
        });

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}

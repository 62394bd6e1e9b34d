using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Analyses;

public sealed class PerformanceAnalysisTests(AnalysisHost host) : IClassFixture<AnalysisHost>
{
    [Theory]
    [InlineData("binary_classification", "binary_classification", "labels", "scores", "threshold")]
    [InlineData("multiclass_classification", "multiclass_classification", "labels", "predictions")]
    [InlineData("regression", "regression", "labels", "predictions")]
    [InlineData("ranking", "ranking", "relevance", "scores")]
    public async Task The_golden_file_is_met_over_HTTP(string task, string entry, params string[] fields)
    {
        var data = Golden.Statistics.GetProperty(entry);
        var body = new JsonObject { ["task"] = task };
        foreach (var field in fields)
            body[field == "relevance" ? "labels" : field] = JsonNode.Parse(data.GetProperty(field).GetRawText());

        var metrics = (await host.AnswerAsync("performance", body.ToJsonString()))["metrics"]!;

        foreach (var expected in data.GetProperty("expected").EnumerateObject())
        {
            if (expected.Value.ValueKind == JsonValueKind.Number)
                Agreement.Statistic(expected.Value.GetDouble(), metrics[expected.Name]!.GetValue<double>(), expected.Name);
            else
                Assert.Equal(expected.Value.GetRawText().Replace(" ", ""), metrics[expected.Name]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Predictions_alone_measure_two_classes_by_name()
    {
        var answer = await host.AnswerAsync("performance", """
            {"task":"binary_classification","labels":["bad","good","bad",null],"predictions":["bad","bad","bad","bad"],"positiveClass":"bad"}
            """);

        Assert.Equal(2 / 3.0, answer["metrics"]!["precision"]!.GetValue<double>(), 12);
        Assert.Equal(1.0, answer["metrics"]!["recall"]!.GetValue<double>());
        Assert.Equal(3, answer["rows"]!.GetValue<int>());
        Assert.Equal(1, answer["skipped"]!.GetValue<int>());
    }

    // Labels fraud, legit, legit; predictions fraud, legit, fraud: one of two called fraud is, and the one fraud is found.
    [Theory]
    [InlineData(""","classes":["legit","fraud"]""", "legit,fraud", 0.5, 1.0)]
    [InlineData(""","classes":["fraud","legit"]""", "fraud,legit", 1.0, 0.5)]
    [InlineData(""","classes":["fraud","legit"],"positiveClass":"fraud" """, "legit,fraud", 0.5, 1.0)]
    [InlineData(""","positiveClass":"fraud" """, "legit,fraud", 0.5, 1.0)]
    [InlineData(""","positiveClass":"legit" """, "fraud,legit", 1.0, 0.5)]
    public async Task The_classes_of_a_request_say_which_is_positive_and_are_answered_by_name(
        string given, string classes, double precision, double recall)
    {
        var answer = await host.AnswerAsync("performance", $$"""
            {"task":"binary_classification","labels":["fraud","legit","legit"],"predictions":["fraud","legit","fraud"]{{given}}}
            """);

        Assert.Equal(precision, answer["metrics"]!["precision"]!.GetValue<double>());
        Assert.Equal(recall, answer["metrics"]!["recall"]!.GetValue<double>());
        Assert.Equal(classes.Split(','), answer["classes"]!.AsArray().Select(name => name!.GetValue<string>()));
        var confusion = answer["metrics"]!["confusion"]!.ToJsonString();
        Assert.Equal(classes == "legit,fraud" ? "[[1,1],[0,1]]" : "[[1,0],[1,1]]", confusion);
    }

    [Theory]
    [InlineData("""["fraud","legit"],"scores":[0.9,0.1]""", "'fraud' or 'legit'")]
    [InlineData("""["no","no"],"scores":[0.1,0.2]""", "'no'")]
    [InlineData("""[1,2],"predictions":[1,1]""", "'1' or '2'")]
    public async Task Which_of_two_names_is_positive_is_not_guessed(string rows, string names)
    {
        var problem = await host.PostAsync("performance", $$"""{"task":"binary_classification","labels":{{rows}}}""").JsonAsync(HttpStatusCode.BadRequest);

        Assert.Contains(names, problem["errors"]!["positiveClass"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task One_class_of_which_nobody_knows_whether_it_is_positive_has_an_accuracy_and_no_precision()
    {
        var answer = await host.AnswerAsync(
            "performance", """{"task":"binary_classification","labels":["no","no"],"predictions":["no","no"]}""");

        Assert.Equal(1, answer["metrics"]!["accuracy"]!.GetValue<double>());
        Assert.Null(answer["metrics"]!["precision"]);
        Assert.Null(answer["metrics"]!["recall"]);
        Assert.Equal(["no"], answer["classes"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Theory]
    [InlineData("[true,false,true]", "[1,0,0]", "0,1")]
    [InlineData("[1,0,1]", "[true,false,false]", "0,1")]
    [InlineData("[true,false,true]", "[true,false,false]", "false,true")]
    [InlineData("[1,-1,1]", "[1,-1,-1]", "-1,1")]
    [InlineData("[1,0,1]", "[1,0,0]", "0,1")]
    [InlineData("[\"True\",\"False\",\"True\"]", "[1,0,0]", "0,1")]
    [InlineData("[\"True\",\"False\",\"True\"]", "[\"True\",\"False\",\"False\"]", "False,True")]
    [InlineData("[\"1.0\",\"0.0\",\"1.0\"]", "[1,0,0]", "0,1")]
    [InlineData("[\"1.0\",\"0.0\",\"1.0\"]", "[\"1.0\",\"0.0\",\"0.0\"]", "0.0,1.0")]
    [InlineData("[\"1\",\"0\",\"1\"]", "[true,false,\"0.0\"]", "0,1")]
    public async Task Truth_values_and_numbers_are_positive_by_custom(string labels, string predictions, string classes)
    {
        var answer = await host.AnswerAsync("performance", $$"""{"task":"binary_classification","labels":{{labels}},"predictions":{{predictions}}}""");

        Assert.Equal(1, answer["metrics"]!["precision"]!.GetValue<double>());
        Assert.Equal(0.5, answer["metrics"]!["recall"]!.GetValue<double>());
        Assert.Equal(classes.Split(','), answer["classes"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Theory]
    [InlineData("[true,false]", "[1,0]", "", "0,1")]
    [InlineData("[1,2,3]", "[\"1.0\",\"2.0\",\"3.0\"]", "", "1,2,3")]
    [InlineData("[\"1.10\",\"2\"]", "[\"1.10\",\"2\"]", "", "1.10,2")]
    [InlineData("[1,2,3]", "[\"1.0\",\"2.0\",\"3\"]", ""","classes":["3.0","2.0","1.0"]""", "3.0,2.0,1.0")]
    [InlineData("[0,1,2]", "[\"low\",\"mid\",\"high\"]", ""","classes":["low","mid","high"]""", "low,mid,high")]
    [InlineData("[\"low\",\"nan\",null]", "[\"low\",\"mid\",\"mid\"]", ""","classes":["low","mid"]""", "low,mid")]
    public async Task One_of_several_classes_is_the_same_in_every_notation(string labels, string predictions, string named, string classes)
    {
        var answer = await host.AnswerAsync(
            "performance", $$"""{"task":"multiclass_classification","labels":{{labels}},"predictions":{{predictions}}{{named}}}""");

        Assert.Equal(1, answer["metrics"]!["accuracy"]!.GetValue<double>());
        Assert.Equal(classes.Split(','), answer["classes"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("\"1\"")]
    public async Task The_positive_class_may_be_named_in_another_notation(string positive)
    {
        var answer = await host.AnswerAsync("performance", $$"""
            {"task":"binary_classification","labels":[1,0,1],"scores":[0.9,0.2,0.4],"classes":["1.0","0.0"],"positiveClass":{{positive}} }
            """);

        Assert.Equal(["0.0", "1.0"], answer["classes"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal(1, answer["metrics"]!["roc_auc"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("multiclass_classification", "[\"1\",\"1.0\"]", "classes")]
    [InlineData("binary_classification", "[\"1\",true]", "classes")]
    [InlineData("multiclass_classification", "[\"2\",\"3\"]", "labels")]
    public async Task Classes_that_are_twins_or_do_not_hold_a_label_are_refused(string task, string classes, string field) =>
        Assert.Contains(field, await host.RefusalAsync(
            "performance", $$"""{"task":"{{task}}","labels":[1],"predictions":[1],"classes":{{classes}}}"""));

    [Theory]
    [InlineData("""{"task":"binary_classification","labels":[],"predictions":[]}""")]
    [InlineData("""{"task":"binary_classification","labels":[null],"scores":[0.5]}""")]
    [InlineData("""{"task":"multiclass_classification","labels":[],"predictions":[]}""")]
    [InlineData("""{"task":"regression","labels":[],"predictions":[]}""")]
    public async Task Nothing_is_known_of_no_rows(string body)
    {
        var metrics = (await host.AnswerAsync("performance", body))["metrics"]!.AsObject();

        Assert.All(metrics.Where(metric => metric.Key is not ("confusion" or "scores_out_of_range")), metric => Assert.Null(metric.Value));
    }

    [Fact]
    public async Task Labels_may_be_the_places_of_the_named_classes()
    {
        var answer = await host.AnswerAsync("performance", """
            {"task":"binary_classification","classes":["legit","fraud"],"labels":[1,0,true],"predictions":["fraud","legit","legit"]}
            """);

        Assert.Equal(1, answer["metrics"]!["precision"]!.GetValue<double>());
        Assert.Equal(0.5, answer["metrics"]!["recall"]!.GetValue<double>());
    }

    [Fact]
    public async Task Several_classes_are_answered_in_the_order_of_the_request_and_averaged_over_those_that_occur()
    {
        var answer = await host.AnswerAsync("performance", """
            {"task":"multiclass_classification","classes":["low","high","never","mid"],"labels":["low","mid","high"],"predictions":["low","high","high"]}
            """);

        Assert.Equal(["low", "high", "never", "mid"], answer["classes"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal("[[1,0,0,0],[0,1,0,0],[0,0,0,0],[0,1,0,0]]", answer["metrics"]!["confusion"]!.ToJsonString());
        Assert.Equal(2 / 3.0, answer["metrics"]!["recall_macro"]!.GetValue<double>(), 12);
    }

    [Fact]
    public async Task Scores_alone_decide_among_several_classes()
    {
        var answer = await host.AnswerAsync("performance", """
            {"task":"multiclass_classification","classes":["a","b","c"],"labels":["a","b","c"],"scores":[[0.7,0.2,0.1],[0.1,0.8,0.1],[0.5,0.1,0.4]]}
            """);

        Assert.Equal(2 / 3.0, answer["metrics"]!["accuracy"]!.GetValue<double>(), 12);
        Assert.Equal(["a", "b", "c"], answer["classes"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.True(answer["metrics"]!["log_loss"]!.GetValue<double>() > 0);
    }

    [Fact]
    public async Task More_classes_than_a_matrix_can_hold_are_measured_without_one()
    {
        var classes = string.Join(',', Enumerable.Range(0, 1_001));
        var labels = string.Join(',', Enumerable.Range(0, 1_001).Select(at => at == 0 ? 1 : at));

        var answer = await host.AnswerAsync(
            "performance", $$"""{"task":"multiclass_classification","labels":[{{labels}}],"predictions":[{{classes}}]}""");

        Assert.Equal(1_000 / 1_001.0, answer["metrics"]!["accuracy"]!.GetValue<double>(), 12);
        Assert.Equal(999.5 / 1_000, answer["metrics"]!["balanced_accuracy"]!.GetValue<double>(), 12);
        Assert.False(answer["metrics"]!.AsObject().ContainsKey("confusion"));
        Assert.Null(answer["classes"]);
    }

    [Fact]
    public async Task Only_so_many_groups_are_measured_apart()
    {
        var rows = string.Join(',', Enumerable.Range(0, 1_001));

        var fields = await host.RefusalAsync(
            "performance", $$"""{"task":"regression","labels":[{{rows}}],"predictions":[{{rows}}],"groups":[{{rows}}]}""");

        Assert.Equal(["groups"], fields);
    }

    [Fact]
    public async Task Groups_are_measured_apart_as_well()
    {
        var answer = await host.AnswerAsync("performance", """
            {"task":"regression","labels":[1,2,3,4],"predictions":[1,2,4,6],"groups":["x","x","y","y"]}
            """);

        Assert.Equal(0.75, answer["metrics"]!["mae"]!.GetValue<double>());
        Assert.Equal(0.0, answer["groups"]!["x"]!["mae"]!.GetValue<double>());
        Assert.Equal(1.5, answer["groups"]!["y"]!["mae"]!.GetValue<double>());
    }

    [Fact]
    public async Task Flat_rows_are_ranked_within_their_groups()
    {
        var nested = await host.AnswerAsync("performance", """{"task":"ranking","labels":[[3,0],[0,1]],"scores":[[0.1,0.9],[0.2,0.8]]}""");
        var flat = await host.AnswerAsync("performance", """{"task":"ranking","labels":[3,0,0,1],"scores":[0.1,0.9,0.2,0.8],"groups":[1,2,1,2]}""");
        var same = await host.AnswerAsync("performance", """{"task":"ranking","labels":[3,0,0,1],"scores":[0.1,0.2,0.9,0.8],"groups":["q","r","q","r"]}""");

        Assert.NotEqual(nested["metrics"]!["ndcg"]!.GetValue<double>(), flat["metrics"]!["ndcg"]!.GetValue<double>());
        Assert.Equal(2, same["rows"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_flat_row_without_a_query_is_left_out()
    {
        var answer = await host.AnswerAsync(
            "performance", """{"task":"ranking","labels":[3,0,0,1],"scores":[0.9,0.1,0.9,0.1],"groups":["q","q",null,null]}""");

        Assert.Equal(1, answer["rows"]!.GetValue<int>());
        Assert.Equal(1.0, answer["metrics"]!["ndcg"]!.GetValue<double>());
    }

    [Fact]
    public async Task One_class_alone_leaves_the_area_under_the_curve_undefined()
    {
        var answer = await host.AnswerAsync("performance", """{"task":"binary_classification","labels":[1,1],"scores":[0.9,0.2]}""");

        Assert.Null(answer["metrics"]!["roc_auc"]);
        Assert.Equal(0.5, answer["metrics"]!["accuracy"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("binary_classification", "scores")]
    [InlineData("binary_classification", "predictions")]
    [InlineData("multiclass_classification", "scores")]
    [InlineData("multiclass_classification", "predictions")]
    [InlineData("regression", "predictions")]
    [InlineData("ranking", "scores\":[],\"groups")]
    public async Task No_rows_are_measured_too(string task, string given)
    {
        var answer = await host.AnswerAsync("performance", $$"""{"task":"{{task}}","labels":[],"{{given}}":[]}""");

        Assert.Equal(0, answer["rows"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"task":"clustering","labels":[1],"predictions":[1]}""", "task")]
    [InlineData("""{"task":"regression","predictions":[1]}""", "labels")]
    [InlineData("""{"task":"regression","labels":[1,2],"predictions":[1]}""", "predictions")]
    [InlineData("""{"task":"regression","labels":[1],"predictions":["x"]}""", "predictions[0]")]
    [InlineData("""{"task":"binary_classification","labels":[1,0]}""", "predictions")]
    [InlineData("""{"task":"binary_classification","labels":["a","b","c"],"predictions":["a","b","c"]}""", "labels")]
    [InlineData("""{"task":"binary_classification","labels":[1,0],"scores":[0.5]}""", "scores")]
    [InlineData("""{"task":"binary_classification","labels":["a","b"],"predictions":["a","b"],"positiveClass":"c"}""", "positiveClass")]
    [InlineData("""{"task":"binary_classification","labels":["a","b"],"predictions":["a","b"],"classes":["a"]}""", "classes")]
    [InlineData("""{"task":"binary_classification","labels":["a","b"],"predictions":["a","b"],"classes":["a","a"]}""", "classes")]
    [InlineData("""{"task":"binary_classification","labels":["a","b"],"predictions":["a","b"],"classes":["a","b","c"]}""", "classes")]
    [InlineData("""{"task":"binary_classification","labels":["a","b"],"predictions":["a","b"],"classes":["a","c"]}""", "labels[1]")]
    [InlineData("""{"task":"binary_classification","labels":["a","a"],"predictions":["a","b"],"classes":["a","c"]}""", "predictions[1]")]
    [InlineData("""{"task":"binary_classification","labels":["a","b"],"predictions":["a","b"],"classes":["a","b"],"positiveClass":"c"}""", "positiveClass")]
    [InlineData("""{"task":"binary_classification","labels":["a","b"],"predictions":["a","b"],"positiveClass":["a"]}""", "positiveClass")]
    [InlineData("""{"task":"multiclass_classification","labels":["a","b"],"predictions":["a","b"],"classes":["a","c"]}""", "labels")]
    [InlineData("""{"task":"ranking","labels":[[1,-1]],"scores":[[1,0]]}""", "labels")]
    [InlineData("""{"task":"multiclass_classification","labels":["a","b"],"scores":[[1,0]]}""", "scores")]
    [InlineData("""{"task":"multiclass_classification","labels":["a","b"],"scores":[[1,0],[1]]}""", "scores")]
    [InlineData("""{"task":"multiclass_classification","labels":["a","b"],"scores":[[1,0,0],[1,0,0]]}""", "classes")]
    [InlineData("""{"task":"multiclass_classification","labels":[null],"scores":[[]]}""", "scores")]
    [InlineData("""{"task":"ranking","labels":[[1,0]],"scores":[[1]]}""", "scores")]
    [InlineData("""{"task":"ranking","labels":[1,0],"scores":[1,0]}""", "groups")]
    [InlineData("""{"task":"regression","labels":[1],"predictions":[1],"groups":["a","b"]}""", "groups")]
    [InlineData("""{"task":"regression","labels":[1],"predictions":[1],"colour":1}""", "colour")]
    public async Task A_wrong_body_is_refused_by_field(string body, string field) =>
        Assert.Contains(field, await host.RefusalAsync("performance", body));
}


namespace Platform.Registry.Tests.Gates;

public sealed class IncumbentTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    private static readonly object Policy = new { incumbent = new { metric = "accuracy", margin = 0.05, confidence = 0.95 } };

    [Fact]
    public async Task The_first_version_has_nobody_to_be_compared_with()
    {
        var model = await registry.RegisterAsync(Policy);
        await registry.UploadAsync(model, Scored.Version(100, wrong: 0));

        var gate = (await registry.PromoteAsync(model, "1")).Gate("incumbent");

        Assert.Null(gate["measured"]);
        Assert.Equal("No version serves under this alias yet.", (string?)gate["detail"]);
    }

    [Fact]
    public async Task A_version_that_is_worse_on_the_same_rows_is_refused_with_the_test()
    {
        var model = await ServeAsync(Policy, Scored.Version(200, wrong: 0));
        await registry.UploadAsync(model, Scored.Version(200, wrong: 20, threshold: 0.95));

        var refusal = await registry.RefusedAsync(model, "2");

        // Above 0.95 nothing is yes: the candidate is right about half of the rows, the incumbent about all but twenty.
        var gate = refusal.Gate("incumbent");
        var evidence = gate["evidence"]!;
        Assert.Equal((0.5, 0.9, 200, "mcnemar_score"), ((double)evidence["candidate"]!, (double)evidence["incumbent"]!, (int)evidence["rows"]!, (string)evidence["test"]!));
        Assert.Equal((10, 90), ((int)evidence["mcNemar"]!["onlyCandidateRight"]!, (int)evidence["mcNemar"]!["onlyIncumbentRight"]!));
        Assert.InRange((double)evidence["mcNemar"]!["pValue"]!, 0, 1e-12);
        Assert.Equal(-0.4, (double)gate["measured"]!, 1e-12);
        Assert.Contains("It is worse by the margin of 0.05 or more.", (string)gate["detail"]!);
        Assert.Equal("1", await registry.ChampionAsync(model));
    }

    [Fact]
    public async Task A_version_that_is_as_good_passes_and_too_few_rows_to_show_it_do_not()
    {
        var model = await ServeAsync(Policy, Scored.Version(200, wrong: 10));
        await registry.UploadAsync(model, Scored.Version(200, wrong: 10, threshold: 0.6));
        await registry.UploadAsync(model, Scored.Version(30, wrong: 1, threshold: 0.7));

        var shown = (await registry.PromoteAsync(model, "2")).Gate("incumbent");
        var unshown = (await registry.RefusedAsync(model, "3")).Gate("incumbent");

        Assert.Equal((0.0, true), ((double)shown["measured"]!, (double)shown["evidence"]!["lowerBound"]! > -0.05));
        Assert.Contains("these rows do not show that it is not worse by the margin", (string)unshown["detail"]!);
    }

    [Fact]
    public async Task The_incumbent_is_asked_the_table_in_its_own_order_of_columns()
    {
        var model = await ServeAsync(Policy, Scored.Version(200, wrong: 10));
        await registry.UploadAsync(model, Scored.Version(200, wrong: 10) with
        {
            Metadata = Scored.Metadata("""["yes","no"]""", """{"name":"score","kind":"numerical"},{"name":"group","kind":"numerical"}""", 0.5),
        });

        var evidence = (await registry.PromoteAsync(model, "2")).Gate("incumbent")["evidence"]!;

        Assert.Equal((0.95, 0.95), ((double)evidence["candidate"]!, (double)evidence["incumbent"]!));
    }

    [Fact]
    public async Task A_table_that_the_incumbent_cannot_be_asked_refuses_and_says_why()
    {
        var model = await ServeAsync(Policy, Scored.Version(100, wrong: 0));
        await registry.UploadAsync(model, Scored.Version(100, wrong: 0) with
        {
            Metadata = Scored.Metadata("""["no","yes"]""", """{"name":"other","kind":"numerical"},{"name":"score","kind":"numerical"}""", 0.5),
            Reference = Scored.Table(100, 0).Replace("group", "other"),
        });

        var gate = (await registry.RefusedAsync(model, "2")).Gate("incumbent");

        Assert.Contains("the rows do not fit that version: These columns are missing: 'group'", (string)gate["detail"]!);
    }

    [Theory]
    [InlineData("roc_auc", "delong")]
    [InlineData("f1", "paired_bootstrap")]
    [InlineData("log_loss", "paired_bootstrap")]
    public async Task Each_measure_is_compared_by_the_test_that_fits_it(string metric, string test)
    {
        var model = await ServeAsync(new { incumbent = new { metric, margin = 0.05 } }, Scored.Version(300, wrong: 15));
        await registry.UploadAsync(model, Scored.Version(300, wrong: 15, threshold: 0.6));

        var gate = (await registry.PromoteAsync(model, "2")).Gate("incumbent");

        Assert.Equal((test, 0.0), ((string)gate["evidence"]!["test"]!, (double)gate["measured"]!));
    }

    [Fact]
    public async Task Agreement_is_the_share_of_rows_that_both_answer_alike()
    {
        var model = await ServeAsync(new { agreement = new { atLeast = 0.9 } }, Scored.Version(100, wrong: 0));
        await registry.UploadAsync(model, Scored.Version(100, wrong: 0, threshold: 0.95));
        await registry.UploadAsync(model, Scored.Version(100, wrong: 0, threshold: 0.7));

        var apart = (await registry.RefusedAsync(model, "2")).Gate("agreement");
        var alike = (await registry.PromoteAsync(model, "3")).Gate("agreement");

        Assert.Equal((0.5, 1.0), ((double)apart["measured"]!, (double)alike["measured"]!));
        Assert.Equal("It answers 50 of 100 rows as version 1 does; the share must be at least 0.9.", (string?)apart["detail"]);
    }

    private async Task<string> ServeAsync(object policy, UploadBody version)
    {
        var model = await registry.RegisterAsync(policy);
        await registry.UploadAsync(model, version);
        await registry.PromoteAsync(model, "1");
        return model;
    }
}

using System.Net;
using System.Net.Http.Headers;
using Platform.Registry.Tests.Uploads;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests.Versions;

public sealed class VersionTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    [Fact]
    public async Task A_version_is_found_by_number_and_by_alias()
    {
        var model = await registry.RegisterWithVersionsAsync(2);
        await registry.PromoteAsync(model, "2");

        var byNumber = await registry.GetAsync($"/v1/models/{model}/versions/2");

        Assert.Equal("2", byNumber["version"]!.GetValue<string>());
        Assert.Equal(byNumber.ToJsonString(), (await registry.GetAsync($"/v1/models/{model}/versions/champion")).ToJsonString());
    }

    [Theory]
    [InlineData("", "model_not_found")]
    [InlineData("/versions", "model_not_found")]
    [InlineData("/versions/1", "model_not_found")]
    [InlineData("/versions/1/artifact", "model_not_found")]
    [InlineData("/versions/1/lineage", "model_not_found")]
    [InlineData("/versions/1/gates", "model_not_found")]
    [InlineData("/versions/1/reference", "model_not_found")]
    [InlineData("/history", "model_not_found")]
    [InlineData("/gates", "model_not_found")]
    public async Task What_belongs_to_an_unknown_model_is_not_found(string path, string code) =>
        await registry.Http.GetAsync($"/v1/models/nobody{path}").ProblemAsync(HttpStatusCode.NotFound, $"registry.{code}");

    [Theory]
    [InlineData("2")]
    [InlineData("01")]
    [InlineData("champion")]
    [InlineData("1.0")]
    public async Task An_unknown_version_is_not_found(string version)
    {
        var model = await registry.RegisterWithVersionsAsync(1);

        foreach (var part in new[] { "", "/artifact", "/lineage", "/gates", "/reference" })
            await registry.Http.GetAsync($"/v1/models/{model}/versions/{version}{part}").ProblemAsync(HttpStatusCode.NotFound, "registry.version_not_found");
    }

    [Fact]
    public async Task Versions_are_listed_in_the_order_of_their_numbers_page_by_page()
    {
        var model = await registry.RegisterWithVersionsAsync(11);

        var first = await registry.GetAsync($"/v1/models/{model}/versions?limit=9");
        var second = await registry.GetAsync($"/v1/models/{model}/versions?limit=9&after={first["next"]}");

        Assert.Equal(Enumerable.Range(1, 9).Select(number => $"{number}"), first["items"]!.AsArray().Select(item => item!["version"]!.GetValue<string>()));
        Assert.Equal(["10", "11"], second["items"]!.AsArray().Select(item => item!["version"]!.GetValue<string>()));
        Assert.Null(second["next"]);
    }

    [Fact]
    public async Task The_file_comes_back_as_it_was_uploaded_whole_or_in_part()
    {
        var model = await registry.RegisterAsync();
        var file = TinyModels.Linear().ToArray();
        await registry.UploadAsync(model, new UploadBody { Model = file });

        using var whole = await registry.Http.GetAsync($"/v1/models/{model}/versions/1/artifact");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/models/{model}/versions/1/artifact");
        request.Headers.Range = new RangeHeaderValue(10, 19);
        using var part = await registry.Http.SendAsync(request);

        Assert.Equal(file, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal("nosniff", whole.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal($"{model}-1.onnx", whole.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(file[10..20], await part.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_file_is_not_sent_again_to_who_has_it()
    {
        var model = await registry.RegisterWithVersionsAsync(1);
        using var first = await registry.Http.GetAsync($"/v1/models/{model}/versions/1/artifact");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/models/{model}/versions/1/artifact");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await registry.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Any_artifact_is_found_by_its_digest_in_both_notations()
    {
        var model = await registry.RegisterAsync();
        var version = await registry.UploadAsync(model, new UploadBody { Reference = "a,b,c\n1,2,3\n" });
        var digest = version["reference"]!["rowsDigest"]!.GetValue<string>();

        Assert.Equal("{\"inputs\":{\"x\":[1,2,3]}}\n", await registry.Http.GetStringAsync($"/v1/artifacts/{digest}"));
        Assert.Equal("{\"inputs\":{\"x\":[1,2,3]}}\n", await registry.Http.GetStringAsync($"/v1/artifacts/{digest["sha256:".Length..]}"));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("sha256:")]
    [InlineData("..%2f..%2fregistry%2flock")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task An_unknown_digest_is_not_found(string digest) =>
        await registry.Http.GetAsync($"/v1/artifacts/{digest}").ProblemAsync(HttpStatusCode.NotFound, "registry.artifact_not_found");

    [Theory]
    [InlineData("a,b,c\n1,2,3\n", "text/csv")]
    [InlineData("[[1,2,3]]", "application/json")]
    public async Task The_reference_dataset_comes_back_as_it_was_uploaded(string dataset, string type)
    {
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, new UploadBody { Reference = dataset });

        using var answer = await registry.Http.GetAsync($"/v1/models/{model}/versions/1/reference");

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(dataset, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_version_without_a_reference_dataset_says_so()
    {
        var model = await registry.RegisterWithVersionsAsync(1);

        await registry.Http.GetAsync($"/v1/models/{model}/versions/1/reference").ProblemAsync(HttpStatusCode.NotFound, "registry.reference_not_found");
    }

    [Fact]
    public async Task The_lineage_leads_from_the_version_to_data_code_and_run()
    {
        var model = await registry.RegisterAsync();
        var version = await registry.UploadAsync(model, UploadTests.SampleOf("credit", "v1"));

        var lineage = await registry.GetAsync($"/v1/models/{model}/versions/1/lineage");

        Assert.Equal(version["sha256"]!.GetValue<string>(), lineage["sha256"]!.GetValue<string>());
        Assert.Equal("credit-g", lineage["dataset"]!["name"]!.GetValue<string>());
        Assert.NotEmpty(lineage["code"]!["repository"]!.GetValue<string>());
        Assert.Equal("seed-7", lineage["run"]!.GetValue<string>());
        Assert.Equal("32", lineage["params"]!["hidden"]!.GetValue<string>());
        Assert.Equal(version["reference"]!.ToJsonString(), lineage["reference"]!.ToJsonString());
    }
}

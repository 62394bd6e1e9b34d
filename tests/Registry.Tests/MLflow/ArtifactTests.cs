using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Hosting;
using Platform.TestKit;

namespace Platform.Registry.Tests.MLflow;

public sealed class ArtifactTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    private const string Files = "/api/2.0/mlflow-artifacts/artifacts";
    private const string Parts = "/api/2.0/mlflow-artifacts/mpu";

    private readonly MLflowClient _mlflow = new(registry.Http);

    [Theory]
    [InlineData("%2e%2e/b")]
    [InlineData("a/%252e%252e/b")]
    [InlineData("%2Fetc/x")]
    [InlineData("a//b")]
    [InlineData("a%5Cb")]
    [InlineData("a%23b")]
    [InlineData("c:/b")]
    public async Task A_path_that_leaves_its_folder_is_no_path(string path)
    {
        // As it stands. Plain ".." segments the server walks itself, before any route is looked for.
        var address = new Uri(registry.Http.BaseAddress + $"{Files[1..]}/{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var content = new ByteArrayContent([1]);
        using var response = await registry.Http.PutAsync(address, content);
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound });
        Assert.Contains("error_code", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_file_is_replaced_listed_read_in_part_and_removed()
    {
        await _mlflow.PutAsync("t1/a/b.txt", "old"u8.ToArray());
        await _mlflow.PutAsync("t1/a/b.txt", "hello"u8.ToArray());
        await _mlflow.PutAsync("t1/c.txt", "x"u8.ToArray());

        Assert.Equal("""[{"path":"a","is_dir":true},{"path":"c.txt","is_dir":false,"file_size":1}]""", (await ListAsync("t1"))!.ToJsonString());
        using var part = new HttpRequestMessage(HttpMethod.Get, $"{Files}/t1/a/b.txt") { Headers = { { "Range", "bytes=1-3" } } };
        using var answer = await registry.Http.SendAsync(part);
        Assert.Equal((HttpStatusCode.PartialContent, "ell"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        await registry.Http.DeleteAsync($"{Files}/t1").JsonAsync();
        Assert.Null(await ListAsync("t1"));
        Assert.Equal(HttpStatusCode.NotFound, (await registry.Http.GetAsync($"{Files}/t1/a/b.txt")).StatusCode);
    }

    [Fact]
    public async Task Nothing_lies_in_a_file_and_no_file_replaces_a_folder()
    {
        await _mlflow.PutAsync("t2/a", [1]);
        using var content = new ByteArrayContent([1]);
        Assert.Equal("INVALID_PARAMETER_VALUE", (string?)(await registry.Http.PutAsync($"{Files}/t2/a/b", content).JsonAsync(HttpStatusCode.BadRequest))["error_code"]);
        Assert.Equal("INVALID_PARAMETER_VALUE", (string?)(await registry.Http.PutAsync($"{Files}/t2", content).JsonAsync(HttpStatusCode.BadRequest))["error_code"]);
    }

    [Fact]
    public async Task A_file_beyond_the_limit_leaves_nothing()
    {
        await using var small = await RegistryHost.StartAsync(("Registry:MLflow:Artifacts:MaxFileBytes", "10"));
        using var told = new ByteArrayContent(new byte[11]);
        using var untold = new StreamContent(new MemoryStream(new byte[11]));
        untold.Headers.ContentLength = null;
        foreach (var content in new HttpContent[] { told, untold })
            await small.Http.PutAsync($"{Files}/x", content).JsonAsync(HttpStatusCode.BadRequest);
        Assert.Empty(small.ArtifactFiles());
    }

    [Fact]
    public async Task Parts_that_come_in_any_order_make_one_file()
    {
        var created = await CreateAsync("t3", 3);
        var tags = new string[3];
        foreach (var number in new[] { 3, 1, 2 }) tags[number - 1] = await PutPartAsync(created, number, $"part{number};");

        await CompleteAsync("t3", created, tags);
        await CompleteAsync("t3", created, tags); // as a client that did not hear the answer

        Assert.Equal("part1;part2;part3;", await registry.Http.GetStringAsync($"{Files}/t3/big.bin"));
    }

    [Fact]
    public async Task An_upload_whose_part_is_missing_or_another_is_not_completed()
    {
        var created = await CreateAsync("t4", 2);
        var first = await PutPartAsync(created, 1, "one");
        await CompleteAsync("t4", created, [first, first], HttpStatusCode.BadRequest);
        await CompleteAsync("t4", created, [first], HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.NotFound, (await registry.Http.GetAsync($"{Files}/t4/big.bin")).StatusCode);

        await registry.Http.PostAsJsonAsync($"{Parts}/abort/t4", new { path = "/tmp/big.bin", upload_id = (string)created["upload_id"]! }).JsonAsync();
        await CompleteAsync("t4", created, [first, first], HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_part_that_the_disk_lost_must_be_sent_again()
    {
        var created = await CreateAsync("t5", 1);
        var tag = await PutPartAsync(created, 1, "whole");
        var parts = registry.Services.GetRequiredService<IOptions<StorageOptions>>().Value.PathOf("mlflow-uploads", (string)created["upload_id"]!);
        File.WriteAllText(Directory.GetFiles(parts).Single(), ""); // as a power cut leaves it

        await CompleteAsync("t5", created, [tag], HttpStatusCode.BadRequest);
        await PutPartAsync(created, 1, "whole");
        await CompleteAsync("t5", created, [tag]);

        Assert.Equal("whole", await registry.Http.GetStringAsync($"{Files}/t5/big.bin"));
    }

    private async Task<JsonNode?> ListAsync(string path) => (await registry.Http.GetAsync($"{Files}?path={path}").JsonAsync())["files"];

    private Task<JsonNode> CreateAsync(string folder, int parts) =>
        registry.Http.PostAsJsonAsync($"{Parts}/create/{folder}", new { path = "/tmp/big.bin", num_parts = parts }).JsonAsync();

    private async Task<string> PutPartAsync(JsonNode created, int number, string text)
    {
        using var content = new StringContent(text);
        using var answer = await registry.Http.PutAsync((string)created["credentials"]![number - 1]!["url"]!, content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.Headers.ETag!.Tag;
    }

    private Task<JsonNode> CompleteAsync(string folder, JsonNode created, string[] tags, HttpStatusCode expected = HttpStatusCode.OK) => registry.Http.PostAsJsonAsync($"{Parts}/complete/{folder}",
        new { path = "/tmp/big.bin", upload_id = (string)created["upload_id"]!, parts = tags.Select((etag, index) => new { part_number = index + 1, etag }) }).JsonAsync(expected);
}

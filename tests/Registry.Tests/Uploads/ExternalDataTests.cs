using System.Formats.Tar;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests.Uploads;

/// <summary>Models that keep their weights in files of their own.</summary>
public sealed class ExternalDataTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    private static readonly ExternalModels Layer = ExternalModels.Layer();

    [Fact]
    public async Task However_the_files_come_one_version_of_the_same_digest_is_made_of_them()
    {
        var model = await registry.RegisterAsync();
        var folder = ExternalBody.Folder(Layer).ToArray();

        var parts = await UploadAsync(model, ExternalBody.Parts(Layer));
        var zip = await UploadAsync(model, ExternalBody.Archive(ExternalBody.Zip(folder)));
        var tar = await UploadAsync(model, ExternalBody.Archive(ExternalBody.Tar(folder, new PaxTarEntry(TarEntryType.Directory, "export"))));
        var gzip = await UploadAsync(model, ExternalBody.Archive(ExternalBody.Gzip(ExternalBody.Tar(folder))));

        Assert.Equal("ready", (string?)parts["status"]);
        Assert.Equal(["model.onnx", "biases.bin", "model.onnx.data"], parts["files"]!.AsArray().Select(file => (string?)file!["name"]));
        Assert.Equal([Digest(Layer.Model), Digest(Layer.Files["biases.bin"]), Digest(Layer.Files["model.onnx.data"])],
            parts["files"]!.AsArray().Select(file => (string?)file!["sha256"]));
        Assert.All([zip, tar, gzip], version => Assert.Equal(((string?)parts["sha256"], parts["files"]!.ToJsonString()), ((string?)version["sha256"], version["files"]!.ToJsonString())));
    }

    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Gnu)]
    public async Task Every_kind_of_tar_archive_is_taken_whoever_owns_its_files(TarEntryFormat format)
    {
        var model = await registry.RegisterAsync();
        var tar = ExternalBody.Tar(ExternalBody.Folder(Layer, new string('f', 60) + "/"), format);
        byte[] owner = [0x80, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFE]; // 4294967294, nobody's id in a user namespace
        if (format == TarEntryFormat.Gnu) tar = ExternalBody.Patch(tar, 0, 108, owner);

        var version = await UploadAsync(model, ExternalBody.Archive(tar));

        Assert.Equal(["model.onnx", "biases.bin", "model.onnx.data"], version["files"]!.AsArray().Select(file => (string?)file!["name"]));
    }

    [Fact]
    public async Task The_artifact_is_the_whole_and_can_be_sent_again()
    {
        var model = await registry.RegisterAsync();
        var version = await UploadAsync(model, ExternalBody.Parts(Layer));

        using var answer = await registry.Http.GetAsync($"/v1/models/{model}/versions/1/artifact");
        var artifact = await answer.Content.ReadAsByteArrayAsync();
        var again = await UploadAsync(model, ExternalBody.Archive(artifact));

        Assert.Equal($"{model}-1.tar", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal((string?)version["sha256"], Digest(artifact));
        Assert.Equal(artifact.Length, (long)version["sizeBytes"]!);
        Assert.Equal((string?)version["sha256"], (string?)again["sha256"]);
    }

    [Fact]
    public async Task Gates_run_it()
    {
        var model = await registry.RegisterAsync();
        await UploadAsync(model, ExternalBody.Parts(Layer, reference: "x1,x2,x3\n1,2,3\n4,5,6\n"));

        var gates = (await registry.PromoteAsync(model, "1"))["gates"]!.AsArray();

        Assert.Contains(gates, gate => (string?)gate!["gate"] == "loads");
        Assert.All(gates, gate => Assert.True((bool?)gate!["passed"], gate!.ToJsonString()));
        Assert.Equal("1", await registry.ChampionAsync(model));
    }

    [Fact]
    public async Task An_archive_of_the_ONNX_file_alone_is_that_file()
    {
        var model = await registry.RegisterAsync();
        var bytes = TinyModels.Linear().ToArray();

        var version = await UploadAsync(model, ExternalBody.Archive(ExternalBody.Zip([("linear.onnx", bytes)])));

        Assert.Equal(Digest(bytes), (string?)version["sha256"]);
        Assert.Null(version["files"]);
    }

    [Fact]
    public async Task Storing_the_same_files_again_mends_a_damaged_bundle()
    {
        var model = await registry.RegisterAsync();
        var own = Layer with { Files = new Dictionary<string, byte[]>(Layer.Files) { [ExternalModels.Biases] = [.. Layer.Files[ExternalModels.Biases][..8], 1, 2, 3, 0] } };
        var sha256 = (string)(await UploadAsync(model, ExternalBody.Parts(own)))["sha256"]!;
        await File.AppendAllTextAsync(registry.ArtifactPath(sha256), "!");

        await registry.Http.GetAsync($"/v1/models/{model}/versions/1/artifact").JsonAsync(HttpStatusCode.NotFound);
        await UploadAsync(model, ExternalBody.Archive(ExternalBody.Zip(ExternalBody.Folder(own))));

        Assert.Equal(sha256, Digest(await registry.Http.GetByteArrayAsync($"/v1/models/{model}/versions/1/artifact")));
    }

    public static TheoryData<string, byte[], string> BadArchives()
    {
        var folder = ExternalBody.Folder(Layer).ToArray();
        var link = new PaxTarEntry(TarEntryType.SymbolicLink, "export/model.onnx.data") { LinkName = "/etc/passwd" };
        var hard = new PaxTarEntry(TarEntryType.HardLink, "export/other") { LinkName = "export/net.onnx" };
        var sparse = new PaxTarEntry(TarEntryType.RegularFile, "export/x", new Dictionary<string, string> { ["GNU.sparse.major"] = "1" });
        var zip = ExternalBody.Zip(folder);
        var ustar = ExternalBody.Tar(folder, TarEntryFormat.Ustar);
        return new()
        {
            { "an absolute path", ExternalBody.Zip([.. folder, ("/outside/x", [1])]), "'/outside/x' lies outside the model's folder" },
            { "a path that leads out", ExternalBody.Tar([.. folder, ("export/../../x", [1])]), "'export/../../x' lies outside the model's folder" },
            { "a file beside the folder", ExternalBody.Zip([.. folder, ("other/x", [1])]), "'other/x' outside the folder of its model" },
            { "a symbolic link", ExternalBody.Tar(folder, link), "'export/model.onnx.data' is a link" },
            { "a hard link", ExternalBody.Tar(folder, hard), "'export/other' is a link" },
            { "a file twice", ExternalBody.Tar([.. folder, .. folder]), "is in it twice" },
            { "no model", ExternalBody.Zip(folder[..^1]), "one file that ends in .onnx, but holds 0" },
            { "two models", ExternalBody.Zip([.. folder, ("export/b.onnx", [1])]), "one file that ends in .onnx, but holds 2" },
            { "too many files", ExternalBody.Zip([.. folder, .. Enumerable.Range(0, 1001).Select(i => ($"export/{i}", new byte[1]))]), "more than 1000 data files" },
            { "an unused file", ExternalBody.Zip([.. folder, ("export/README.md", [1])]), "the file 'README.md'" },
            { "a missing file", ExternalBody.Zip(folder[1..]), "(\'model.onnx.data\'), which was not sent" },
            { "a cut zip", zip[..^30], "The archive cannot be read" },
            { "a cut tar", ExternalBody.Tar(folder)[..1500], "" },
            { "a size in letters", ExternalBody.Patch(ustar, 0, 124, "many"u8.ToArray()), "what it says of its files is damaged" },
            { "a file with holes", ExternalBody.Tar(folder, sparse), "a file with holes" },
            { "a wrong sum", [.. "E"u8, .. ustar[1..]], "a header of its files is damaged" },
            { "long words about a file", ExternalBody.Patch(ExternalBody.Patch(ustar, 0, 156, (byte)'x'), 0, 124, "00010000000"u8.ToArray()), "more than 1048576 bytes" },
            { "too many folders", ExternalBody.Zip([.. folder, .. Enumerable.Range(0, 2000).Select(i => ($"export/{i}/", Array.Empty<byte>()))]), "more than 2000 files and folders" },
            { "a name that is kept", ExternalBody.Zip([.. folder, ("export/MLmodel", [1])]), "'MLmodel' has a name that is kept for another file" },
            { "a name that no URL holds", ExternalBody.Zip([.. folder, ("export/a#b", [1])]), "'a#b' has a # or a % in its name" },
            { "an archive in it", ExternalBody.Zip([("model.onnx", ustar)]), "'model.onnx', is an archive itself" },
            { "a compressed model", ExternalBody.Gzip(Layer.Model), "holds no tar archive" },
        };
    }

    [Theory]
    [MemberData(nameof(BadArchives))]
    public async Task What_an_archive_must_not_hold_is_said_and_nothing_is_stored(string what, byte[] archive, string reason)
    {
        Assert.NotEmpty(what);
        var model = await registry.RegisterAsync();
        var before = registry.ArtifactFiles();

        var problem = await registry.Http.PostAsync($"/v1/models/{model}/versions", ExternalBody.Archive(archive)).JsonAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Equal("registry.model_invalid", (string?)problem["code"]);
        Assert.Contains(reason, (string?)problem["detail"]);
        Assert.Equal(before, registry.ArtifactFiles());
    }

    [Fact]
    public async Task Data_files_need_a_name_of_their_own_and_no_archive_beside_them()
    {
        var model = await registry.RegisterAsync();

        async Task<string> RefusedAsync(MultipartFormDataContent content, HttpStatusCode status) =>
            (string)(await registry.Http.PostAsync($"/v1/models/{model}/versions", content).JsonAsync(status))["detail"]!;

        var twice = ExternalBody.Parts(Layer);
        twice.Add(new ByteArrayContent([1]), "data", "./biases.bin");
        var nameless = ExternalBody.Parts(Layer);
        nameless.Add(new ByteArrayContent([1]), "data");
        var archive = ExternalBody.Archive(ExternalBody.Zip(ExternalBody.Folder(Layer)));
        archive.Add(new ByteArrayContent([1]), "data", "x");
        var outside = ExternalBody.Parts(Layer);
        outside.Add(new ByteArrayContent([1]), "data", "../x");

        Assert.Contains("'./biases.bin' is there more than once", await RefusedAsync(twice, HttpStatusCode.BadRequest));
        Assert.Contains("no file name", await RefusedAsync(nameless, HttpStatusCode.BadRequest));
        Assert.Contains("Put them into the archive", await RefusedAsync(archive, HttpStatusCode.UnprocessableEntity));
        Assert.Contains("'../x' lies outside the model's folder", await RefusedAsync(outside, HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task What_an_archive_unpacks_to_is_bounded()
    {
        await using var small = new Bounded(await RegistryHost.StartAsync(("Registry:Uploads:MaxModelBytes", "16384")));
        var model = await small.Host.RegisterAsync();
        var bomb = ExternalBody.Folder(Layer).Append(("export/zeros", new byte[1 << 20])).ToArray();

        foreach (var archive in (byte[][])[ExternalBody.Zip(bomb), ExternalBody.Gzip(ExternalBody.Tar(bomb))])
        {
            Assert.True(archive.Length < 16384);
            var problem = await small.Host.Http.PostAsync($"/v1/models/{model}/versions", ExternalBody.Archive(archive)).JsonAsync(HttpStatusCode.RequestEntityTooLarge);
            Assert.Equal("request.too_large", (string?)problem["code"]);
        }

        var parts = ExternalBody.Parts(Layer);
        parts.Add(new ByteArrayContent(new byte[16384]), "data", "zeros");
        await small.Host.Http.PostAsync($"/v1/models/{model}/versions", parts).JsonAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Empty(small.Host.ArtifactFiles());
    }

    private Task<JsonNode> UploadAsync(string model, MultipartFormDataContent content) =>
        registry.Http.PostAsync($"/v1/models/{model}/versions", content).JsonAsync(HttpStatusCode.Created);

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private sealed record Bounded(RegistryHost Host) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Host.DisposeAsync();
    }
}

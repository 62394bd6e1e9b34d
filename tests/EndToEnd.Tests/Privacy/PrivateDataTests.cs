using System.Net;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Privacy;

/// <summary>Whatever writes to the data folder, our code, libraries or the servers of <c>./dev up</c>: nobody else can read it.</summary>
public abstract class PrivateDataTests
{
    private const UnixFileMode Others = (UnixFileMode)63;

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    protected static async Task WorkAsync(PlatformApi api)
    {
        var model = $"private-{Guid.NewGuid():n}";
        await api.ServeCreditAsync(model);
        var (id, _) = (await api.PredictManyAsync(model, [CreditSample.Usual[0]]))[0];
        using var job = await api.PostAsync($"/v1/models/{model}/jobs", PlatformApi.InferBody([CreditSample.Usual[0]]));
        Assert.Equal(HttpStatusCode.Accepted, job.StatusCode);
        await Eventually.TrueAsync(async () => await api.CountUnknownAsync(model, [id]) == 0, "the monitor has read the prediction");
    }

    protected static void AssertPrivate(string data, UnixFileMode atTheTop, params string[] expected)
    {
        var found = new DirectoryInfo(data).EnumerateFileSystemInfos("*", Everything).ToList();
        Assert.Empty(expected.Except(found.Select(entry => entry.Name)));
        Assert.False(OperatingSystem.IsWindows());
        Assert.Equal(UnixFileMode.None, new DirectoryInfo(data).UnixFileMode & Others & ~atTheTop);
        var open = found.Where(entry => entry is { Exists: true, LinkTarget: null } && (entry.UnixFileMode & Others) != 0);
        Assert.Equal([], open.Select(entry => $"{entry.UnixFileMode} {entry.FullName}"));
    }
}

using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Failures;

/// <summary>A little of everything, so that a data folder holds a file of every kind.</summary>
internal static class ShortRun
{
    public static async Task SendAsync(PlatformApi api)
    {
        await api.ServeCreditAsync("credit");
        await api.ServeCreditAsync("other");
        await api.PredictManyAsync("credit", CreditSample.Usual.Take(300));
        using var job = await api.PostAsync("/v1/models/credit/jobs", PlatformApi.InferBody([CreditSample.Usual[0]]));
        Assert.Equal(202, (int)job.StatusCode);
    }
}

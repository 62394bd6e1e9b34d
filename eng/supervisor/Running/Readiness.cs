using Platform.Supervisor.Services;

namespace Platform.Supervisor.Running;

/// <summary>Waits until every replica says that it can do its work.</summary>
internal sealed class Readiness(HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Throws <see cref="TimeoutException"/> naming those that are not ready in time.</summary>
    public async Task WaitAsync(IReadOnlyList<Replica> replicas, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var missing = replicas.ToList();
        while (missing.Count > 0)
        {
            if (time.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"not ready after {Patience.TotalMinutes} minutes: {string.Join(", ", missing.Select(replica => $"{replica.Name} (see {replica.Log})"))}");
            if (await IsReadyAsync(missing[0], cancellationToken)) missing.RemoveAt(0);
            else await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    private async Task<bool> IsReadyAsync(Replica replica, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(replica.Address, "health/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }
}

using System.Text.Json;
using Platform.Supervisor.Keeping;
using Platform.Supervisor.Machine;
using Platform.Supervisor.Services;

namespace Platform.Supervisor.Running;

/// <summary>
/// Waits until every replica says that it can do its work, as long as it lives, and says what it waits for.
/// </summary>
internal sealed class Readiness(HttpClient http, TimeProvider time)
{
    private const int MostStarts = 6;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TellInterval = TimeSpan.FromSeconds(15);

    /// <summary>Throws <see cref="StartFailedException"/> when one of them ends again and again before it is ready.</summary>
    /// <param name="replicas">The replicas.</param>
    /// <param name="starts">How often the replica of a name has been started.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(IReadOnlyList<Replica> replicas, Func<string, int> starts, CancellationToken cancellationToken)
    {
        var told = time.GetTimestamp();
        foreach (var replica in replicas)
            while (await MissingAsync(replica, cancellationToken) is { } reason)
            {
                if (starts(replica.Name) >= MostStarts)
                    throw new StartFailedException($"{replica.Name} ended {MostStarts - 1} times before it was ready, see {replica.Log}");
                if (time.GetElapsedTime(told) >= TellInterval)
                {
                    Terminal.Say($"waiting for {replica.Name}: {reason} …");
                    told = time.GetTimestamp();
                }
                await Task.Delay(PollInterval, time, cancellationToken);
            }
    }

    /// <summary>Why the replica is not ready; null when it is.</summary>
    private async Task<string?> MissingAsync(Replica replica, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(replica.Management ?? replica.Address, "health/ready"), cancellationToken);
            return response.IsSuccessStatusCode ? null : WaitingFor(await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException)
        {
            return "it does not listen yet";
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "it does not answer";
        }
    }

    /// <summary>What the answer of <c>/health/ready</c> names.</summary>
    private static string WaitingFor(string answer)
    {
        try
        {
            using var readiness = JsonDocument.Parse(answer);
            return $"it waits for {string.Join(", ", readiness.RootElement.GetProperty("waitingFor").EnumerateObject().Select(missing => missing.Value.GetString()))}";
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"it answers {answer}";
        }
    }
}

using System.Text;
using Platform.Gateway.Health;
using Platform.Gateway.Settings;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace Platform.Gateway.Routing;

/// <summary>The services' replicas, how load is spread over them and how their health is known.</summary>
internal static class Clusters
{
    public static IReadOnlyList<ClusterConfig> All(GatewayOptions options) =>
    [
        Cluster(PublicPaths.Registry, options.Registry, options),
        Cluster(PublicPaths.Inference, options.Inference, options),
        Cluster(PublicPaths.Monitor, options.Monitor, options),
        Cluster(PublicPaths.Explainer, options.Explainer, options),
    ];

    private static ClusterConfig Cluster(string service, string addresses, GatewayOptions options) => new()
    {
        ClusterId = service,
        // Named by their addresses, so that a replica keeps its state when others come and go.
        Destinations = Addresses.Read(addresses).ToDictionary(
            address => address.ToString(), address => new DestinationConfig { Address = address.ToString(), Health = HealthAddress(address, options) }),
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        // The server here reads headers as UTF-8; sent on as ASCII, a name with an accent would fail the request.
        HttpClient = new HttpClientConfig { RequestHeaderEncoding = Encoding.UTF8.WebName },
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = options.AnswerTimeout },
        HealthCheck = Health(options),
    };

    private static string? HealthAddress(Uri address, GatewayOptions options) => options.HealthPort is { } port
        ? new UriBuilder(Uri.UriSchemeHttp, address.Host, port).Uri.ToString()
        : null;

    private static HealthCheckConfig Health(GatewayOptions options) => new()
    {
        // Where no replica seems healthy, one that is merely slow to say so still answers.
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        Active = new ActiveHealthCheckConfig
        {
            Enabled = true,
            Interval = options.ProbeInterval,
            Timeout = options.ProbeInterval,
            Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
            Path = "/health/ready",
        },
        Passive = new PassiveHealthCheckConfig
        {
            Enabled = true,
            Policy = RefusedConnectionPolicy.PolicyName,
            ReactivationPeriod = options.PassOverFor,
        },
    };
}

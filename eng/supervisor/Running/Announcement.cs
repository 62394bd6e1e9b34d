using Platform.Supervisor.Commands;
using Platform.Supervisor.Machine;

namespace Platform.Supervisor.Running;

/// <summary>What a person reads when everything is ready: <c>ready URL</c> on a line of its own, and where to look.</summary>
internal static class Announcement
{
    public static void Print(UpCommand command, Uri management)
    {
        var edge = management.GetLeftPart(UriPartial.Authority);
        var url = command.Address.GetLeftPart(UriPartial.Authority);
        Terminal.Say($"""
            ready {url}

              what runs    {url}/
              every route  {url}/openapi/v1.json
              alerts       {url}/v1/alerts
              the edge     {edge}/metrics, {edge}/health/ready
              first key    {command.BootstrapKey}
              pids, logs   {command.Line.Data}/run, {command.Line.Data}/logs

            Ctrl-C or ./dev down stops it.
            """);
    }
}

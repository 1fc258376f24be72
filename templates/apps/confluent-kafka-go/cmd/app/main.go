// The application: app producer | consumer | transformer | generate | replay | ready
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"example.com/platform-app/internal/consumer"
	"example.com/platform-app/internal/generate"
	"example.com/platform-app/internal/kafka"
	"example.com/platform-app/internal/logs"
	"example.com/platform-app/internal/process"
	"example.com/platform-app/internal/producer"
	"example.com/platform-app/internal/replay"
	"example.com/platform-app/internal/settings"
	"example.com/platform-app/internal/transformer"
	"example.com/platform-app/internal/usecase"
	"example.com/platform-app/internal/web"
)

var parts = map[string]func(arguments []string) int{
	"producer":    runProducer,
	"consumer":    runConsumer,
	"transformer": runTransformer,
	"generate":    runGenerate,
	"replay":      runReplay,
	"ready":       runReady,
}

func main() {
	part, known := parts[strings.Join(os.Args[1:min(2, len(os.Args))], "")]
	if !known {
		fmt.Fprintln(os.Stderr, "usage: app producer | consumer | transformer | generate | replay | ready")
		os.Exit(process.WrongSetting)
	}
	// Not by return: nothing that is still running may hold the process up.
	os.Exit(part(os.Args[2:]))
}

func runProducer([]string) int {
	return service(settings.LoadProducer,
		func(ctx context.Context, settings settings.Producer, log *slog.Logger) error {
			return producer.Run(ctx, settings, usecase.Domain, log)
		})
}

func runConsumer([]string) int {
	return service(settings.LoadConsumer,
		func(ctx context.Context, settings settings.Consumer, log *slog.Logger) error {
			return consumer.Run(ctx, settings, usecase.Domain, log)
		})
}

func runTransformer([]string) int {
	return service(settings.LoadTransformer,
		func(ctx context.Context, settings settings.Transformer, log *slog.Logger) error {
			return transformer.Run(ctx, settings, usecase.Domain, log)
		})
}

func runReplay(arguments []string) int {
	log := logs.New(os.Stdout, "replay", slog.LevelInfo)
	options, err := replay.ParseOptions(arguments)
	if err != nil {
		return misuse(err)
	}
	return process.Run(log, func(ctx context.Context) error {
		settings, err := settings.LoadReplay(os.Getenv)
		if err != nil {
			return err
		}
		topic, err := kafka.OpenDeadLetterTopic(ctx, settings, log)
		if err != nil {
			return replay.NotBegun(err, options, log)
		}
		defer topic.Close()
		return replay.Run(ctx, topic, settings.Topic, options, log)
	})
}

func runGenerate(arguments []string) int {
	options, err := generate.ParseOptions(arguments)
	if err != nil {
		return misuse(err)
	}
	return process.Run(logs.New(os.Stderr, "generate", slog.LevelInfo), func(ctx context.Context) error {
		return generate.Run(ctx, usecase.Domain, options, os.Stdout, os.Stderr)
	})
}

// runReady is for container health checks: the image has no other program that speaks HTTP.
func runReady(arguments []string) int {
	if len(arguments) != 1 {
		return misuse(errors.New("usage: app ready http://host:port"))
	}
	if err := web.AskReady(arguments[0]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return process.Bug
	}
	return process.Stopped
}

func service[S settings.Settings](
	load func(settings.Environment) (S, error),
	run func(context.Context, S, *slog.Logger) error,
) int {
	loaded, err := load(os.Getenv)
	common := loaded.Common()
	log := logs.New(os.Stdout, common.Name, common.LogLevel)
	return process.Run(log, func(ctx context.Context) error {
		if err != nil {
			return err
		}
		if err := run(ctx, loaded, log); err != nil {
			return err
		}
		log.Info("Stopped.")
		return nil
	})
}

func misuse(err error) int {
	if !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err)
	}
	return process.WrongSetting
}

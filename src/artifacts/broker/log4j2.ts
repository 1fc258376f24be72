import { header } from '../header.ts';

/**
 * Everything to standard output; what the authorizer denied also to a file of its own,
 * which is the audit trail of this tier (StandardAuthorizer logs denials at INFO).
 */
export const log4j2 = (): string => `${header('Logging of the brokers and controllers.')}
Configuration:
  status: warn
  Properties:
    Property:
      - name: pattern
        value: "[%d{ISO8601}] %p %m (%c)%n"
  Appenders:
    Console:
      name: STDOUT
      PatternLayout:
        pattern: "\${pattern}"
    RollingFile:
      name: AUTHORIZER
      fileName: "\${sys:kafka.logs.dir}/kafka-authorizer.log"
      filePattern: "\${sys:kafka.logs.dir}/kafka-authorizer.%i.log"
      PatternLayout:
        pattern: "\${pattern}"
      Policies:
        SizeBasedTriggeringPolicy:
          size: 100MB
      DefaultRolloverStrategy:
        max: 10
  Loggers:
    Root:
      level: info
      AppenderRef:
        - ref: STDOUT
    Logger:
      # Who was denied what: the audit line that an investigation starts from.
      - name: kafka.authorizer.logger
        level: info
        additivity: false
        AppenderRef:
          - ref: STDOUT
          - ref: AUTHORIZER
`;

# briefer as a service: `docker build -t briefer .`; docs/in-a-container.md says how to run it.
FROM python:3.12.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/briefer
# The libraries come first and by their hashes: a change of briefer's own code does not fetch them again.
COPY requirements.lock ./
RUN /opt/briefer/bin/pip install --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY prompts ./prompts
COPY evals ./evals
COPY briefer ./briefer
RUN /opt/briefer/bin/pip install --no-build-isolation --no-deps .
# Only a store on PostgreSQL needs it; `--build-arg PSYCOPG=` leaves it out.
ARG PSYCOPG=3.3.9
RUN if [ -n "$PSYCOPG" ]; then /opt/briefer/bin/pip install "psycopg[binary]==$PSYCOPG"; fi \
    && /opt/briefer/bin/pip uninstall --yes pip

FROM python:3.12.11-slim-bookworm
RUN groupadd --gid 10001 briefer \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin briefer \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data \
    && install --directory --mode=0755 /etc/briefer
COPY --from=build /opt/briefer /opt/briefer
# All that is written goes to /data and, for a moment, to /tmp: everything else may be read-only.
ENV PATH=/opt/briefer/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/data \
    XDG_DATA_HOME=/data \
    TMPDIR=/tmp
USER 10001:10001
# briefer.toml is looked for here.
WORKDIR /etc/briefer
VOLUME ["/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s --retries=3 CMD ["briefer", "schedule", "health"]
ENTRYPOINT ["briefer"]
CMD ["schedule", "run"]
